import { type DomainEventData, type paymentRefunded, ticketsReturned } from '@urr/contracts/domain-events.ts';
import { audit } from '@urr/platform/audit.ts';
import { announce } from '@urr/platform/outbox.ts';
import type { Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';
import { endReturn, freePlaces, freeSeats, takeBack } from './store.ts';

/** The money is back with the buyer: the tickets end, and the places that are still theirs are free. */
export async function returnTickets(
  trx: Transaction<TicketTables>,
  refund: DomainEventData<typeof paymentRefunded>,
): Promise<void> {
  await endReturn(trx, refund.refundId, 'returned');
  // A refund of a lost reservation has no tickets.
  if (refund.ticketIds.length === 0) return;
  const returned = await takeBack(trx, refund.refundId, refund.ticketIds);
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
