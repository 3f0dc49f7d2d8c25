'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Refused } from '../../api/queries.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';
import { BookingCard } from './booking-card.tsx';
import { type BookingFilter, bookingFilters, isShown } from './booking-filter.ts';
import { type BookingPage, readBookings } from './read-booking.ts';
import { situationOf } from './situation.ts';

/** The reader's bookings, newest first. */
export function BookingList(): ReactNode {
  const t = useTranslations('bookings');
  const [filter, setFilter] = useState<BookingFilter>('all');
  const list = useBookings();
  if (list.error !== null && list.data === undefined) {
    if (list.error.problem.code === 'unauthenticated') return <SignInFirst />;
    const again = (
      <Button tone="secondary" onClick={() => void list.refetch()}>
        {t('again')}
      </Button>
    );
    return <ProblemNotice problem={list.error.problem} action={again} />;
  }
  if (list.data === undefined) return <LoadingList />;
  const all = list.data.pages.flatMap((page) => page.bookings);
  if (all.length === 0) {
    return (
      <EmptyState
        title={t('empty.title')}
        action={<LinkButton href="/search">{t('empty.search')}</LinkButton>}
      >
        {t('empty.text')}
      </EmptyState>
    );
  }
  const shown = all
    .map((booking) => ({ booking, situation: situationOf(booking.reservation, booking.payments ?? []) }))
    .filter(({ situation }) => isShown(situation, filter));
  return (
    <div className="grid max-w-3xl gap-5">
      <Filters filter={filter} onChoose={setFilter} />
      {list.error !== null && <ProblemNotice problem={list.error.problem} />}
      <output className="sr-only">{t('shown', { count: shown.length })}</output>
      {shown.length === 0 && (
        <p className="py-8 text-center text-muted">{t(list.hasNextPage ? 'noneLoaded' : 'none')}</p>
      )}
      <ul className="grid gap-4">
        {shown.map(({ booking, situation }) => (
          <BookingCard key={booking.reservation.reservationId} booking={booking} situation={situation} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button tone="secondary" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}

function useBookings() {
  return useInfiniteQuery<
    BookingPage,
    Refused,
    { pages: BookingPage[] },
    readonly string[],
    string | undefined
  >({
    queryKey: ['bookings'],
    queryFn: ({ pageParam }) => readBookings(pageParam),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next,
  });
}

function Filters({
  filter,
  onChoose,
}: {
  readonly filter: BookingFilter;
  readonly onChoose: (filter: BookingFilter) => void;
}): ReactNode {
  const t = useTranslations('bookings.filter');
  return (
    <fieldset aria-label={t('label')} className="flex flex-wrap gap-2">
      {bookingFilters.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={filter === name}
          onClick={() => onChoose(name)}
          className="min-h-11 rounded-full border border-edge bg-surface px-4 font-medium hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
        >
          {t(name)}
        </button>
      ))}
    </fieldset>
  );
}

function LoadingList(): ReactNode {
  const t = useTranslations('common');
  return (
    <div className="grid max-w-3xl gap-4">
      <output className="sr-only">{t('loading')}</output>
      <Skeleton className="h-11 w-72" />
      {[1, 2, 3].map((place) => (
        <Skeleton key={place} className="h-44 rounded-card" />
      ))}
    </div>
  );
}
