import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { CouldNotLoad } from './could-not-load.tsx';
import { EventCard, EventGrid } from './event-card.tsx';
import { areDatesCrossed, countFilters, type EventSearch, listQueryOf, searchPath } from './event-search.ts';
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
  if (events.length === 0) return <NothingFound search={search} />;
  const count = search.cursor !== '' ? 'page' : nextCursor === null ? 'results' : 'resultsMore';
  return (
    <section aria-labelledby="results" className="grid gap-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="results" className="text-lg">
          {t(count, { count: events.length })}
        </h2>
        <KoreanTime text={(await getTranslations('discovery'))('koreanTimes')} />
      </div>
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

/** Says why nothing may have been found, and offers to take back only what was asked for. */
async function NothingFound({ search }: { readonly search: EventSearch }): Promise<ReactNode> {
  const t = await getTranslations('discovery.search');
  const hasFilters = countFilters(search) > 0;
  if (search.q === '' && !hasFilters)
    return (
      <EmptyState
        title={t('noneAtAll')}
        action={<LinkButton href={searchPath({ state: 'all' })}>{t('seeAll')}</LinkButton>}
      >
        {t('noneAtAllLead')}
      </EmptyState>
    );
  const lead = search.q === '' ? 'noneForFilters' : hasFilters ? 'noneLead' : 'noneForWords';
  return (
    <EmptyState
      title={t('none')}
      action={<LinkButton href="/search">{t(hasFilters ? 'reset' : 'clearWords')}</LinkButton>}
    >
      {t(lead)}
    </EmptyState>
  );
}
