'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { daysUntil, type TicketGroup } from './group-tickets.ts';
import { usePlaceText } from './ticket-place.tsx';
import { TicketState } from './ticket-state.tsx';

/** The tickets of one show. */
export function TicketGroupCard({
  group,
  nowMs,
  isOver,
}: {
  readonly group: TicketGroup;
  readonly nowMs: number;
  readonly isOver: boolean;
}): ReactNode {
  const t = useTranslations('tickets');
  const { moment } = useKoreanTime();
  const locale = usePageLocale();
  return (
    <article className="overflow-hidden rounded-card border border-rule bg-surface shadow-card">
      <header className="grid gap-1 p-5 pb-4">
        <div className="flex items-start justify-between gap-3">
          <h3 className="text-lg">{group.title[locale]}</h3>
          {!isOver && (
            <Badge tone="accent">{t('days', { days: Math.max(0, daysUntil(group.startsAt, nowMs)) })}</Badge>
          )}
        </div>
        <p>{moment(group.startsAt)}</p>
        <p className="text-sm text-muted">{group.venue[locale]}</p>
      </header>
      <ul className="border-t border-dashed border-rule">
        {group.tickets.map((ticket) => (
          <TicketRow key={ticket.ticketId} ticket={ticket} />
        ))}
      </ul>
    </article>
  );
}

function TicketRow({ ticket }: { readonly ticket: Ticket }): ReactNode {
  const t = useTranslations('tickets');
  const placeText = usePlaceText();
  return (
    <li className="border-t border-rule first:border-t-0">
      <Link
        href={`/tickets/${ticket.ticketId}`}
        className="flex min-h-14 items-center gap-3 px-5 py-2 hover:bg-sunken"
      >
        <span className="grid flex-1">
          <span className="numeric font-semibold">{placeText(ticket)}</span>
          {ticket.seat !== null && (
            <span className="text-sm text-muted">{t('grade', { grade: ticket.grade })}</span>
          )}
        </span>
        <TicketState state={ticket.state} />
        <span aria-hidden className="text-xl text-muted">
          ›
        </span>
      </Link>
    </li>
  );
}
