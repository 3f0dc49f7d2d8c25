import { type DomainEventData, type paymentRefunded, ticketsReturned } from '@urr/contracts/domain-events.ts';
import { audit } from '@urr/platform/audit.ts';
import { announce } from '@urr/platform/outbox.ts';
import type { Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';
import { closePayment, endReturn, freePlaces, freeSeats, takeBack } from './store.ts';

/** The money is back with the buyer: the tickets end, and the places that are still theirs are free. */
export async function returnTickets(
  trx: Transaction<TicketTables>,
  refund: DomainEventData<typeof paymentRefunded>,
): Promise<void> {
  await endReturn(trx, refund.refundId, 'returned');
  const ended = await endedTickets(trx, refund);
  if (ended.length === 0) return;
  const returned = await takeBack(trx, refund.refundId, ended);
  if (returned.length === 0) return;
  await freeSeats(trx, returned);
  await freePlaces(trx, returned);
  const ticketIds = returned.map((ticket) => ticket.ticket_id);
  const { reservationId, eventId, accountId, refundId } = refund;
  await announce(trx, ticketsReturned, reservationId, {
    reservationId,
    eventId,
    accountId,
    refundId,
    ticketIds,
  });
  await audit(trx, {
    actor: 'payment-service',
    action: 'tickets.return',
    subject: `reservation:${reservationId}`,
    after: { refundId, ticketIds },
  });
}

// Money given back whole without naming tickets was thought lost. A confirmation that comes after it finds the payment
// closed, and one that came before has issued tickets nobody paid for: they end too.
async function endedTickets(
  trx: Transaction<TicketTables>,
  refund: DomainEventData<typeof paymentRefunded>,
): Promise<readonly string[]> {
  if (refund.ticketIds.length > 0) return refund.ticketIds;
  const fulfilment = await closePayment(trx, refund);
  return fulfilment.amount === refund.amount ? fulfilment.ticket_ids : [];
}
