'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { Link } from '../../i18n/link.tsx';
import { inSeatOrder } from './group-tickets.ts';

/** Leads from one ticket of a show to the next: they are shown at the gate one after the other. */
export function Neighbours({
  ticket,
  tickets,
}: {
  readonly ticket: Ticket;
  readonly tickets: readonly Ticket[];
}): ReactNode {
  const t = useTranslations('tickets.neighbours');
  const usable = inSeatOrder(
    tickets.filter(({ state, ticketId }) => state !== 'returned' || ticketId === ticket.ticketId),
  );
  const index = usable.findIndex(({ ticketId }) => ticketId === ticket.ticketId);
  if (usable.length < 2 || index < 0) return null;
  return (
    <nav aria-label={t('label')} className="flex items-center justify-between">
      <Step to={usable[index - 1]} label={t('previous')} sign="‹" />
      <p className="numeric text-sm text-muted">
        {t('position', { index: index + 1, count: usable.length })}
      </p>
      <Step to={usable[index + 1]} label={t('next')} sign="›" />
    </nav>
  );
}

function Step({
  to,
  label,
  sign,
}: {
  readonly to: Ticket | undefined;
  readonly label: string;
  readonly sign: string;
}): ReactNode {
  const look = 'grid size-11 place-content-center rounded-full border text-2xl leading-none';
  if (to === undefined)
    return (
      <span aria-hidden className={classNames(look, 'border-rule text-muted opacity-40')}>
        {sign}
      </span>
    );
  return (
    <Link
      href={`/tickets/${to.ticketId}`}
      replace
      aria-label={label}
      className={classNames(look, 'border-edge hover:bg-sunken')}
    >
      <span aria-hidden>{sign}</span>
    </Link>
  );
}
