'use client';

import type { EventState } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Field, Select } from '../../components/field.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { EventRow } from './event-row.tsx';
import { ReadFailed } from './read-failed.tsx';
import { type OwnEventsQuery, useOwnEvents } from './use-own-events.ts';

const states = [
  'draft',
  'upcoming',
  'on_sale',
  'sold_out',
  'ended',
  'cancelled',
] as const satisfies EventState[];
const sorts = ['newest', 'opensAt', 'startsAt'] as const;
const sortNames = { newest: 'sortNewest', opensAt: 'sortOpensAt', startsAt: 'sortStartsAt' } as const;

interface Filter {
  readonly q: string;
  readonly state: EventState | '';
  readonly sort: (typeof sorts)[number];
}

/** The organiser's events, found by state and name. The filter stands in the address. */
export function EventList(): ReactNode {
  const filter = readFilter(useSearchParams());
  const choose = (change: Partial<Filter>) => {
    const wanted = Object.entries({ ...filter, ...change }).filter(
      ([, value]) => value !== '' && value !== 'newest',
    );
    window.history.replaceState(null, '', `?${new URLSearchParams(wanted).toString()}`);
  };
  return (
    <div className="grid gap-5">
      <Filters filter={filter} choose={choose} />
      <Found filter={filter} clear={() => choose({ q: '', state: '' })} />
    </div>
  );
}

function Filters({
  filter,
  choose,
}: {
  readonly filter: Filter;
  readonly choose: (change: Partial<Filter>) => void;
}): ReactNode {
  const t = useTranslations('planning.list');
  const s = useTranslations('planning.state');
  const [typed, setTyped] = useState(filter.q);
  const find = (event: FormEvent) => {
    event.preventDefault();
    choose({ q: typed.trim() });
  };
  return (
    <search>
      <form
        onSubmit={find}
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_12rem_14rem_auto]"
      >
        <Field
          type="search"
          label={t('search')}
          placeholder={t('searchHint')}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          label={t('state')}
          value={filter.state}
          onChange={(event) => choose({ state: states.find((state) => state === event.target.value) ?? '' })}
        >
          <option value="">{t('anyState')}</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {s(state)}
            </option>
          ))}
        </Select>
        <Select
          label={t('sort')}
          value={filter.sort}
          onChange={(event) =>
            choose({ sort: sorts.find((sort) => sort === event.target.value) ?? 'newest' })
          }
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {t(sortNames[sort])}
            </option>
          ))}
        </Select>
        <Button type="submit" tone="secondary">
          {t('find')}
        </Button>
      </form>
    </search>
  );
}

function Found({ filter, clear }: { readonly filter: Filter; readonly clear: () => void }): ReactNode {
  const t = useTranslations('planning');
  const found = useOwnEvents(queryOf(filter));
  if (found.items === undefined)
    return found.error === null ? (
      <Loading />
    ) : (
      <ReadFailed problem={found.error.problem} onRetry={() => void found.refetch()} />
    );
  if (found.items.length === 0)
    return <NoneFound isFiltered={filter.q !== '' || filter.state !== ''} clear={clear} />;
  return (
    <div className="grid gap-4">
      <h2 className="sr-only">{t('overview.listTitle')}</h2>
      <ul className="grid gap-3">
        {found.items.map((event) => (
          <EventRow key={event.eventId} event={event} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button tone="secondary" isBusy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('read.more')}
        </Button>
      )}
    </div>
  );
}

function NoneFound({
  isFiltered,
  clear,
}: {
  readonly isFiltered: boolean;
  readonly clear: () => void;
}): ReactNode {
  const t = useTranslations('planning');
  if (isFiltered)
    return (
      <EmptyState
        title={t('list.noneTitle')}
        action={
          <Button tone="secondary" onClick={clear}>
            {t('list.clear')}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      title={t('overview.emptyTitle')}
      action={<LinkButton href="/organiser/events/new">{t('overview.newEvent')}</LinkButton>}
    >
      {t('overview.emptyLead')}
    </EmptyState>
  );
}

function Loading(): ReactNode {
  return (
    <div className="grid gap-3">
      {[1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-56 md:h-36" />
      ))}
    </div>
  );
}

function readFilter(params: URLSearchParams): Filter {
  return {
    q: params.get('q') ?? '',
    state: states.find((state) => state === params.get('state')) ?? '',
    sort: sorts.find((sort) => sort === params.get('sort')) ?? 'newest',
  };
}

function queryOf({ q, state, sort }: Filter): OwnEventsQuery {
  return { sort, ...(q === '' ? {} : { q }), ...(state === '' ? {} : { state }) };
}
