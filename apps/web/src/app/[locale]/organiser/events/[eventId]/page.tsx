import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { OwnEvent } from '../../../../../features/planning/own-event.tsx';
import { ClientTexts } from '../../../../../i18n/client-texts.tsx';

interface Props {
  readonly params: Promise<{ eventId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planning.own');
  return { title: t('title'), robots: { index: false } };
}

export default async function OwnEventPage({ params }: Props): Promise<ReactNode> {
  const { eventId } = await params;
  return (
    <ClientTexts namespaces={['planning', 'common']}>
      <Suspense>
        <OwnEvent eventId={eventId} />
      </Suspense>
    </ClientTexts>
  );
}
