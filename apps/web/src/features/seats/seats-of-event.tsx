import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { readSeatLayout, readSeatStatus, type SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { serverCall } from '../../api/server-call.ts';
import { signedInCookie } from '../../api/session.ts';
import { LinkButton } from '../../components/button.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatShortMoment } from '../../design/format.ts';
import { ClientTexts } from '../../i18n/client-texts.tsx';
import { Link } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { SeatRoom } from './seat-room.tsx';
import type { ShopEvent } from './shop-event.ts';
import { StandingPlaces } from './standing-places.tsx';

/** The seats or standing places of an event, with what is left of them when the page was rendered. */
export async function SeatsOfEvent({
  event,
  locale,
}: {
  readonly event: EventDetail;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const { eventId } = event;
  const [t, jar, status] = await Promise.all([
    getTranslations('seats'),
    cookies(),
    serverCall(readSeatStatus, { params: { eventId } }),
  ]);
  if (!status.ok)
    return (
      <Page title={t('title')} lead={event.title[locale]}>
        <ProblemNotice
          problem={status.problem}
          action={<LinkButton href={`/events/${event.slug}`}>{t('steps.event')}</LinkButton>}
        />
      </Page>
    );
  const shop = { ...shopEvent(event), isSignedIn: jar.has(signedInCookie), renderedAtMs: Date.now() };
  return (
    <ClientTexts namespaces={['seats', 'common']}>
      {status.body.layout !== null && <EarlyLayout eventId={eventId} version={status.body.layout} />}
      {status.body.layout === null ? (
        <Page title={t('standingTitle')} lead={event.title[locale]} isNarrow>
          <StandingPlaces event={shop} status={status.body} />
        </Page>
      ) : (
        <SeatRoom
          event={shop}
          status={withoutPools(status.body)}
          heading={<Heading event={event} locale={locale} />}
        />
      )}
    </ClientTexts>
  );
}

function shopEvent(event: EventDetail): Omit<ShopEvent, 'isSignedIn' | 'renderedAtMs'> {
  const { eventId, slug, state, sale } = event;
  return { eventId, slug, state, opensAt: sale.opensAt, limit: sale.limitPerAccount };
}

function withoutPools(status: SeatStatus): SeatStatus {
  return { ...status, pools: [] };
}

/** The layout is on its way while the page's scripts still load. */
function EarlyLayout({
  eventId,
  version,
}: {
  readonly eventId: string;
  readonly version: string;
}): ReactNode {
  const path = readSeatLayout.path.replace(':eventId', eventId);
  return (
    <link
      rel="preload"
      as="fetch"
      crossOrigin="anonymous"
      href={`${path}?v=${encodeURIComponent(version)}`}
    />
  );
}

async function Heading({
  event,
  locale,
}: {
  readonly event: EventDetail;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const [t, common] = await Promise.all([getTranslations('seats'), getTranslations('common')]);
  return (
    <div className="min-w-0">
      <h1 className="truncate text-base sm:text-lg">
        <span className="sr-only">{t('title')}: </span>
        <Link href={`/events/${event.slug}`} className="underline-offset-4 hover:underline">
          {event.title[locale]}
        </Link>
      </h1>
      <p className="truncate text-sm text-muted">
        {formatShortMoment(event.startsAt, locale)} · {event.venue.name[locale]}{' '}
        <KoreanTime text={`· ${common('koreanTime')}`} />
      </p>
    </div>
  );
}
