'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '../../i18n/link.tsx';
import { useTicketName } from './ticket-name.ts';
import { TicketState } from './ticket-state.tsx';

/** The tickets of a booking, each a way to its QR. */
export function BookedTickets({ tickets }: { readonly tickets: readonly Ticket[] }): ReactNode {
  const t = useTranslations('bookings');
  const nameOf = useTicketName();
  return (
    <ul className="grid gap-2">
      {tickets.map((ticket) => (
        <li key={ticket.ticketId}>
          <Link
            href={`/tickets/${ticket.ticketId}`}
            className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-control border border-rule bg-surface px-4 py-2 hover:bg-sunken"
          >
            <span className="grid">
              {ticket.pool === null && (
                <span className="text-sm text-muted">{t('places.grade', { grade: ticket.grade })}</span>
              )}
              <span className="numeric font-semibold">{nameOf(ticket)}</span>
            </span>
            <span className="flex items-center gap-3">
              <TicketState state={ticket.state} />
              <span aria-hidden className="text-muted">
                →
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
