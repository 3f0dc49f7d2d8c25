'use client';

import { useQueryClient } from '@tanstack/react-query';
import { getEvent, getHall } from '@urr/contracts/catalog.ts';
import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { OrganiserGate } from './organiser-gate.tsx';
import { OwnEventDesk } from './own-event-desk.tsx';
import { ReadFailed } from './read-failed.tsx';
import { useHalls } from './use-halls.ts';

/** Milliseconds between two looks at places that are being prepared, or not counted yet. */
const pendingMs = 1_000;

/** One of the organiser's events: state, publication, form, cancellation. */
export function OwnEvent({ eventId }: { readonly eventId: string }): ReactNode {
  const t = useTranslations('planning');
  const locale = usePageLocale();
  const read = useRoute(getEvent, { params: { eventId } }, { everyMs: 15_000 });
  const isPending = read.data !== undefined && isOnItsWay(read.data);
  const { refetch } = read;
  useEffect(() => {
    if (!isPending) return;
    const timer = setInterval(() => void refetch(), pendingMs);
    return () => clearInterval(timer);
  }, [isPending, refetch]);
  const title = read.data?.title[locale] ?? t('own.title');
  return (
    <Page
      title={title}
      lead={
        read.data === undefined
          ? undefined
          : `${read.data.artist.name[locale]} · ${read.data.venue.name[locale]}`
      }
    >
      <OrganiserGate>
        {read.data === undefined ? (
          read.error === null ? (
            <Skeleton className="h-[60rem]" />
          ) : (
            <ReadFailed problem={read.error.problem} onRetry={() => void refetch()} />
          )
        ) : (
          <Owned event={read.data} />
        )}
      </OrganiserGate>
    </Page>
  );
}

function Owned({ event }: { readonly event: EventDetail }): ReactNode {
  const client = useQueryClient();
  const { hallId } = event.venue;
  const halls = useHalls();
  const hall = useRoute(getHall, { params: { hallId: hallId ?? '' } }, { isEnabled: hallId !== null });
  const failed = halls.error ?? hall.error;
  if (event.organiser === undefined) return <NotYours />;
  if (halls.data === undefined || (hallId !== null && hall.data === undefined)) {
    if (failed === null) return <Skeleton className="h-[60rem]" />;
    return (
      <ReadFailed
        problem={failed.problem}
        onRetry={() => void Promise.all([halls.refetch(), hall.refetch()])}
      />
    );
  }
  const keep = (next: EventDetail) => {
    client.setQueryData([getEvent.name, { params: { eventId: event.eventId } }], next);
    void client.invalidateQueries({ queryKey: [getHall.name] });
    void client.invalidateQueries({ queryKey: ['own-events'] });
  };
  return (
    <OwnEventDesk
      event={event}
      hall={hall.data}
      halls={withHall(halls.data.halls, hall.data)}
      onChanged={keep}
    />
  );
}

function isOnItsWay({ organiser, state, grades }: EventDetail): boolean {
  const isSold = state === 'upcoming' || state === 'on_sale';
  return organiser?.inventory === 'pending' || (isSold && grades.some(({ left }) => left === null));
}

function NotYours(): ReactNode {
  const t = useTranslations('planning.own');
  return (
    <EmptyState
      title={t('notYoursTitle')}
      action={<LinkButton href="/organiser/events">{t('toList')}</LinkButton>}
    >
      {t('notYoursLead')}
    </EmptyState>
  );
}

function withHall(halls: readonly HallView[], own: HallView | undefined): readonly HallView[] {
  const isListed = own === undefined || halls.some(({ hallId }) => hallId === own.hallId);
  return isListed ? halls : [...halls, own];
}
