'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';
import { groupTickets, type TicketGroup } from './group-tickets.ts';
import { TicketGroupCard } from './ticket-group-card.tsx';
import { useMyTickets } from './use-my-tickets.ts';

/** All tickets of the reader by show: what comes next stands first. */
export function TicketList(): ReactNode {
  const t = useTranslations('tickets');
  const { reading, readAgain } = useMyTickets();
  if (reading.kind === 'reading') return <ListSkeleton />;
  if (reading.kind === 'refused') {
    if (reading.problem.code === 'unauthenticated') return <SignInFirst />;
    return (
      <ProblemNotice
        problem={reading.problem}
        action={
          <Button tone="secondary" onClick={readAgain}>
            {t('readAgain')}
          </Button>
        }
      />
    );
  }
  if (reading.tickets.length === 0) {
    return (
      <EmptyState title={t('none.title')} action={<LinkButton href="/search">{t('none.action')}</LinkButton>}>
        {t('none.lead')}
      </EmptyState>
    );
  }
  const { upcoming, past } = groupTickets(reading.tickets, reading.readAtMs);
  return (
    <div className="grid gap-8">
      {reading.isOffline && <Notice title={t('offline.title')}>{t('offline.list')}</Notice>}
      <Groups title={t('upcoming')} groups={upcoming} nowMs={reading.readAtMs} emptyText={t('noUpcoming')} />
      {past.length > 0 && <Groups title={t('past')} groups={past} nowMs={reading.readAtMs} isOver />}
    </div>
  );
}

function Groups({
  title,
  groups,
  nowMs,
  emptyText,
  isOver = false,
}: {
  readonly title: string;
  readonly groups: readonly TicketGroup[];
  readonly nowMs: number;
  readonly emptyText?: string;
  readonly isOver?: boolean;
}): ReactNode {
  return (
    <section className="grid gap-3">
      <h2 className="text-lg">{title}</h2>
      {groups.length === 0 && <p className="text-muted">{emptyText}</p>}
      <ul className="grid items-start gap-4 md:grid-cols-2">
        {groups.map((group) => (
          <li key={group.eventId}>
            <TicketGroupCard group={group} nowMs={nowMs} isOver={isOver} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ListSkeleton(): ReactNode {
  return (
    <div className="grid gap-3">
      <Skeleton className="h-6 w-32" />
      <div className="grid gap-4 md:grid-cols-2">
        <Skeleton className="h-56" />
        <Skeleton className="h-56" />
      </div>
    </div>
  );
}
