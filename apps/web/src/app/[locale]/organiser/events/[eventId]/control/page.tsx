import { getEvent } from '@urr/contracts/catalog.ts';
import { uuidPattern } from '@urr/contracts/primitives.ts';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cache, type ReactNode } from 'react';
import { serverCall } from '../../../../../../api/server-call.ts';
import { LinkButton } from '../../../../../../components/button.tsx';
import { Page } from '../../../../../../components/page.tsx';
import { ControlRoom } from '../../../../../../features/control/control-room.tsx';
import { ClientTexts } from '../../../../../../i18n/client-texts.tsx';

interface Props {
  readonly params: Promise<{ locale: string; eventId: string }>;
}

// A published event is public. What is not shows its number alone, and the room itself says why it has no line.
const readShow = cache(async (eventId: string) => {
  const result = await serverCall(getEvent, { params: { eventId } });
  return result.ok ? result.body : undefined;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [t, show] = await Promise.all([getTranslations('control'), readShow(eventId)]);
  const name = show?.title[locale === 'en' ? 'en' : 'ko'];
  return { title: name === undefined ? t('title') : t('metaTitle', { name }), robots: { index: false } };
}

/** The control room of one event's sale. */
export default async function ControlRoomPage({ params }: Props): Promise<ReactNode> {
  const { locale, eventId } = await params;
  setRequestLocale(locale);
  if (!uuidPattern.test(eventId)) notFound();
  const [t, show] = await Promise.all([getTranslations('control'), readShow(eventId)]);
  return (
    <Page
      title={t('title')}
      lead={show?.title[locale === 'en' ? 'en' : 'ko']}
      aside={
        <div className="flex flex-wrap gap-3">
          <LinkButton tone="secondary" href={`/organiser/events/${eventId}`}>
            {t('back')}
          </LinkButton>
          {show !== undefined && (
            <LinkButton tone="secondary" href={`/events/${show.slug}/draw`}>
              {t('draw')}
            </LinkButton>
          )}
        </div>
      }
    >
      <ClientTexts namespaces={['control', 'common']}>
        <ControlRoom eventId={eventId} />
      </ClientTexts>
    </Page>
  );
}
