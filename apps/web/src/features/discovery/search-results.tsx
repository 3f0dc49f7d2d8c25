import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { CouldNotLoad } from './could-not-load.tsx';
import { EventCard, EventGrid } from './event-card.tsx';
import { areDatesCrossed, type EventSearch, listQueryOf, searchPath } from './event-search.ts';
import { findEvents } from './find-events.ts';

/** What a search found, a page of it, and the way on. */
export async function SearchResults({
  search,
  locale,
}: {
  readonly search: EventSearch;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const t = await getTranslations('discovery.search');
  if (areDatesCrossed(search)) return <EmptyState title={t('none')}>{t('datesCrossed')}</EmptyState>;
  const found = await findEvents(listQueryOf(search));
  const start = searchPath({ ...search, cursor: '' });
  if (!found.ok) return <CouldNotLoad retry={start} />;
  const { events, nextCursor } = found.body;
  if (events.length === 0)
    return (
      <EmptyState title={t('none')} action={<LinkButton href="/search">{t('reset')}</LinkButton>}>
        {t('noneLead')}
      </EmptyState>
    );
  const count = search.cursor !== '' ? 'page' : nextCursor === null ? 'results' : 'resultsMore';
  return (
    <section aria-labelledby="results" className="grid gap-5">
      <h2 id="results" className="text-lg">
        {t(count, { count: events.length })}
      </h2>
      <EventGrid>
        {events.map((event, index) => (
          <EventCard key={event.eventId} event={event} locale={locale} isFirst={index < 4} />
        ))}
      </EventGrid>
      {(search.cursor !== '' || nextCursor !== null) && (
        <nav aria-label={t('paging')} className="flex flex-wrap justify-center gap-3 pt-4">
          {search.cursor !== '' && (
            <LinkButton href={start} tone="secondary">
              {t('first')}
            </LinkButton>
          )}
          {nextCursor !== null && (
            <LinkButton href={searchPath({ ...search, cursor: nextCursor })} tone="secondary" rel="next">
              {t('next')}
            </LinkButton>
          )}
        </nav>
      )}
    </section>
  );
}
