'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox } from '../../components/checkbox.tsx';
import { formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { returnable } from './refund-choice.ts';
import { useTicketName } from './ticket-name.ts';
import { TicketState } from './ticket-state.tsx';

/** Chooses tickets to give back; those that cannot go back say why. */
export function TicketChoice({
  tickets,
  chosen,
  onToggle,
  onAll,
}: {
  readonly tickets: readonly Ticket[];
  readonly chosen: readonly string[];
  readonly onToggle: (ticketId: string) => void;
  readonly onAll: (ticketIds: readonly string[]) => void;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const locale = usePageLocale();
  const nameOf = useTicketName();
  const possible = returnable(tickets).map((ticket) => ticket.ticketId);
  const areAll = possible.length > 0 && chosen.length === possible.length;
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">{t('choose')}</legend>
      <div className="-mx-2 grid gap-1">
        {possible.length > 1 && (
          <Checkbox isChecked={areAll} onChange={() => onAll(areAll ? [] : possible)}>
            {t('all', { count: possible.length })}
          </Checkbox>
        )}
        {tickets.map((ticket) => (
          <Checkbox
            key={ticket.ticketId}
            isChecked={chosen.includes(ticket.ticketId)}
            isDisabled={ticket.state !== 'valid'}
            onChange={() => onToggle(ticket.ticketId)}
          >
            <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="numeric">{nameOf(ticket)}</span>
              {ticket.state === 'valid' ? (
                <span className="numeric text-muted">{formatWon(ticket.price, locale)}</span>
              ) : (
                <TicketState state={ticket.state} />
              )}
            </span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
