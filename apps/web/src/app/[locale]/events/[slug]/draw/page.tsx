import { readDraw } from '@urr/contracts/queue.ts';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { serverCall } from '../../../../../api/server-call.ts';
import { DrawView } from '../../../../../features/draw/draw-view.tsx';
import { DrawUnread } from '../../../../../features/draw/draw-unread.tsx';
import { readEvent } from '../../../../../features/event/read-event.ts';
import { alternatesOf } from '../../../../../i18n/alternates.ts';
import { requireLocale } from '../../../../../i18n/require-locale.ts';

interface Props {
  readonly params: Promise<{ locale: string; slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: asked, slug } = await params;
  const locale = requireLocale(asked);
  const [event, t] = await Promise.all([readEvent(slug), getTranslations('line.draw')]);
  return {
    title: event === undefined ? t('title') : `${t('title')} · ${event.title[locale]}`,
    alternates: alternatesOf(locale, `/events/${slug}/draw`),
  };
}

export default async function DrawPage({ params }: Props): Promise<ReactNode> {
  const { locale: asked, slug } = await params;
  const locale = requireLocale(asked);
  const event = await readEvent(slug);
  if (event === undefined) return <DrawUnread slug={slug} />;
  const draw = await serverCall(readDraw, { params: { eventId: event.eventId } });
  if (draw.ok) return <DrawView event={event} document={draw.body} locale={locale} />;
  if (draw.problem.code === 'event-not-found') notFound();
  return <DrawUnread slug={event.slug} isMissing={draw.problem.code === 'sale-not-found'} />;
}
