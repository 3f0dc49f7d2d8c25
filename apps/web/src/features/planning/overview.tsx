'use client';

import { listEvents } from '@urr/contracts/catalog.ts';
import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { EventRow } from './event-row.tsx';
import { NextOpening } from './next-opening.tsx';
import { soldOf } from './own-figures.ts';
import { ReadFailed } from './read-failed.tsx';
import { useMe } from './use-me.ts';

/** Milliseconds between two looks. */
const everyMs = 10_000;
const shownEvents = 6;

/** How the organiser's events sell and what opens next. */
export function Overview(): ReactNode {
  const read = useRoute(listEvents, { query: { mine: true, limit: 100, sort: 'newest' } }, { everyMs });
  const t = useTranslations('planning.overview');
  if (read.data === undefined)
    return read.error === null ? (
      <Skeleton className="h-96" />
    ) : (
      <ReadFailed problem={read.error.problem} onRetry={() => void read.refetch()} />
    );
  const { events, now, nextCursor } = read.data;
  if (events.length === 0) return <NoEvents />;
  return (
    <div className="grid gap-8">
      <AdminNote />
      {nextCursor !== null && (
        <p className="text-sm text-muted">{t('newestOnly', { count: events.length })}</p>
      )}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[1.4fr_1fr_1fr_1fr]">
        <NextOpening events={events} now={now} readAtMs={read.dataUpdatedAt} />
        <Figures events={events} />
      </div>
      <section className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-xl">{t('listTitle')}</h2>
          <LinkButton href="/organiser/events" tone="quiet" className="-me-4">
            {t('all')}
          </LinkButton>
        </div>
        <ul className="grid gap-3">
          {events.slice(0, shownEvents).map((event) => (
            <EventRow key={event.eventId} event={event} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function Figures({ events }: { readonly events: readonly EventSummary[] }): ReactNode {
  const t = useTranslations('planning.overview');
  const locale = usePageLocale();
  const stocks = events.filter(({ state }) => state !== 'draft' && state !== 'cancelled').map(soldOf);
  const total = stocks.reduce((sum, stock) => sum + (stock?.total ?? 0), 0);
  const left = stocks.reduce((sum, stock) => sum + (stock?.left ?? 0), 0);
  const count = (state: EventSummary['state']) =>
    t('eventsCount', { count: formatCount(events.filter((event) => event.state === state).length, locale) });
  return (
    <>
      <Figure name={t('soldPlaces')} value={formatCount(total - left, locale)}>
        {t('ofPlaces', { total: formatCount(total, locale) })}
      </Figure>
      <Figure name={t('running')} value={count('on_sale')} />
      <Figure name={t('drafts')} value={count('draft')} />
    </>
  );
}

function Figure({
  name,
  value,
  children,
}: {
  readonly name: string;
  readonly value: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <dl className="grid content-start gap-1 rounded-card border border-rule bg-surface p-4 shadow-card">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="numeric text-2xl font-bold">{value}</dd>
      {children !== undefined && <dd className="numeric text-sm text-muted">{children}</dd>}
    </dl>
  );
}

function AdminNote(): ReactNode {
  const t = useTranslations('planning.overview');
  return useMe().data?.role === 'admin' ? <p className="text-sm text-muted">{t('adminLead')}</p> : null;
}

function NoEvents(): ReactNode {
  const t = useTranslations('planning.overview');
  return (
    <EmptyState
      title={t('emptyTitle')}
      action={
        <div className="flex flex-wrap justify-center gap-3">
          <LinkButton href="/organiser/events/new">{t('newEvent')}</LinkButton>
          <LinkButton href="/organiser/halls/import" tone="secondary">
            {t('importHall')}
          </LinkButton>
        </div>
      }
    >
      {t('emptyLead')}
    </EmptyState>
  );
}
