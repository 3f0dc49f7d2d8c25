import type { ArtistView as Artist } from '@urr/contracts/catalog-shapes.ts';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import { Page } from '../../components/page.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { CouldNotLoad } from './could-not-load.tsx';
import { EventCard, EventGrid } from './event-card.tsx';
import { findEvents } from './find-events.ts';

/** An artist's shows: those to come, and those that were. */
export async function ArtistPageView({
  artist,
  locale,
}: {
  readonly artist: Artist;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const [t, zone, current, past] = await Promise.all([
    getTranslations('discovery.artist'),
    getTranslations('discovery'),
    findEvents({ artist: artist.slug, sort: 'startsAt', limit: 40 }),
    findEvents({ artist: artist.slug, state: 'ended,cancelled', sort: '-startsAt', limit: 20 }),
  ]);
  return (
    <Page title={artist.name[locale]} lead={t('lead')} aside={<KoreanTime text={zone('koreanTimes')} />}>
      {current.ok ? (
        <Shows id="current" title={t('current')} events={current.body.events} locale={locale}>
          <EmptyState
            title={t('none')}
            action={
              <LinkButton href="/search">{(await getTranslations('discovery.search'))('title')}</LinkButton>
            }
          >
            {t('noneLead')}
          </EmptyState>
        </Shows>
      ) : (
        <CouldNotLoad retry={`/artists/${artist.slug}`} />
      )}
      {past.ok && past.body.events.length > 0 && (
        <Shows id="past" title={t('past')} events={past.body.events} locale={locale} />
      )}
    </Page>
  );
}

type Found = Extract<Awaited<ReturnType<typeof findEvents>>, { ok: true }>['body'];

function Shows({
  id,
  title,
  events,
  locale,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly events: Found['events'];
  readonly locale: Locale;
  /** Stands there when there are none. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <h2 id={id} className="text-xl">
        {title}
      </h2>
      {events.length === 0 ? (
        children
      ) : (
        <EventGrid>
          {events.map((event, index) => (
            <EventCard key={event.eventId} event={event} locale={locale} isFirst={index < 4} />
          ))}
        </EventGrid>
      )}
    </section>
  );
}
