import { getEvent } from '@urr/contracts/catalog.ts';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache, type ReactNode } from 'react';
import { serverCall } from '../../../../../api/server-call.ts';
import { Page } from '../../../../../components/page.tsx';
import { ProblemNotice } from '../../../../../components/problem-notice.tsx';
import { SeatsOfEvent } from '../../../../../features/seats/seats-of-event.tsx';
import type { Locale } from '../../../../../i18n/routing.ts';

interface Props {
  readonly params: Promise<{ locale: Locale; slug: string }>;
}

const findEvent = cache((slug: string) => serverCall(getEvent, { params: { eventId: slug } }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params;
  const [t, found] = await Promise.all([getTranslations('seats'), findEvent(slug)]);
  if (!found.ok) return { title: t('title') };
  const key = found.body.pools.length > 0 ? 'standingTitleOf' : 'titleOf';
  return { title: t(key, { event: found.body.title[locale] }), robots: { index: false } };
}

export default async function SeatsPage({ params }: Props): Promise<ReactNode> {
  const { locale, slug } = await params;
  const [t, found] = await Promise.all([getTranslations('seats'), findEvent(slug)]);
  if (found.ok) return <SeatsOfEvent event={found.body} locale={locale} />;
  if (found.problem.status === 404 || found.problem.status === 422) notFound();
  return (
    <Page title={t('title')}>
      <ProblemNotice problem={found.problem} />
    </Page>
  );
}
