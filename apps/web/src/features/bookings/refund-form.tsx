'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { returnable, stillChosen, toggled } from './refund-choice.ts';
import { RefundConfirmation } from './refund-confirmation.tsx';
import { RefundQuote, useQuote } from './refund-quote.tsx';
import { TicketChoice } from './ticket-choice.tsx';
import { useTicketName } from './ticket-name.ts';

/** Chooses tickets, shows what they would pay, and asks once more. */
export function RefundForm({
  paymentId,
  tickets,
  isBusy,
  onAsk,
  onLeave,
}: {
  readonly paymentId: string;
  readonly tickets: readonly Ticket[];
  readonly isBusy: boolean;
  readonly onAsk: (ticketIds: readonly string[]) => Promise<void>;
  readonly onLeave: () => void;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const [isAsking, setAsking] = useState(false);
  const [wanted, setWanted] = useState(() => onlyOneOf(returnable(tickets)));
  const chosen = stillChosen(wanted, tickets);
  const nameOf = useTicketName();
  const quote = useQuote(paymentId, chosen);
  return (
    <>
      <TicketChoice
        tickets={tickets}
        chosen={chosen}
        onToggle={(ticketId) => setWanted(toggled(chosen, ticketId))}
        onAll={(ticketIds) => setWanted([...ticketIds])}
      />
      <RefundQuote quote={quote} count={chosen.length} />
      <div className="flex flex-wrap gap-2">
        <Button tone="danger" disabled={quote.data === undefined} onClick={() => setAsking(true)}>
          {t('go', { count: chosen.length })}
        </Button>
        <Button tone="quiet" onClick={onLeave}>
          {t('leave')}
        </Button>
      </div>
      <RefundConfirmation
        isOpen={isAsking}
        isBusy={isBusy}
        names={tickets.filter(({ ticketId }) => chosen.includes(ticketId)).map(nameOf)}
        amount={quote.data?.amount ?? 0}
        onConfirm={() => void onAsk(chosen).finally(() => setAsking(false))}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

// Of several, which to give back is the buyer's word: nothing is chosen for them.
function onlyOneOf(tickets: readonly Ticket[]): readonly string[] {
  return tickets.length === 1 ? tickets.map((ticket) => ticket.ticketId) : [];
}
