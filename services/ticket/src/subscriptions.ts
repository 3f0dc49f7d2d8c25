import {
  type DomainEventData,
  type DomainEventEnvelope,
  paymentCaptured,
  paymentRefunded,
  refundRejected,
} from '@urr/contracts/domain-events.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import { firstTime } from '@urr/platform/inbox.ts';
import type { Transaction } from 'kysely';
import type { Deps } from './deps.ts';
import { confirmCaptured } from './reservations/confirm-reservation.ts';
import { reopenTickets } from './returns/reopen-tickets.ts';
import { returnTickets } from './returns/return-tickets.ts';
import type { TicketTables } from './tables.ts';

const consumer = 'ticket-service';
type Act = (trx: Transaction<TicketTables>, data: unknown) => Promise<unknown>;

/** Hears what became of payments: the safe path beside payment-service's own calls. */
export function subscribeToPayments(deps: Deps): void {
  const acts: Readonly<Record<string, Act>> = {
    [paymentCaptured.type]: (trx, data) =>
      confirmCaptured(trx, deps, data as DomainEventData<typeof paymentCaptured>),
    [paymentRefunded.type]: (trx, data) =>
      returnTickets(trx, data as DomainEventData<typeof paymentRefunded>),
    [refundRejected.type]: (trx, data) => reopenTickets(trx, data as DomainEventData<typeof refundRejected>),
  };
  deps.bus.subscribe({
    consumer,
    topic: 'payment-events',
    handle: (envelope) => digest(deps, envelope, acts[envelope.type]),
    deadLetters: deadLetterBox(deps.db, consumer),
  });
}

async function digest(deps: Deps, envelope: DomainEventEnvelope, act: Act | undefined): Promise<void> {
  if (act === undefined) return;
  await inTransaction(deps.db, async (trx) => {
    if (await firstTime(trx, consumer, envelope.id)) await act(trx, envelope.data);
  });
  deps.wakeRelay();
  if (envelope.type === paymentRefunded.type) {
    const { eventId } = envelope.data as DomainEventData<typeof paymentRefunded>;
    await deps.live.refresh(eventId);
  }
}
