import type { DomainEventData, refundRejected } from '@urr/contracts/domain-events.ts';
import { audit } from '@urr/platform/audit.ts';
import type { Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';
import { endReturn } from './store.ts';

/** The provider refused the refund for good: the tickets are valid again. */
export async function reopenTickets(
  trx: Transaction<TicketTables>,
  rejection: DomainEventData<typeof refundRejected>,
): Promise<void> {
  const { refundId, reservationId } = rejection;
  const reopened = await trx
    .updateTable('tickets')
    .set({ state: 'valid', refund_id: null })
    .where('refund_id', '=', refundId)
    .where('state', '=', 'returning')
    .returning('ticket_id')
    .execute();
  await endReturn(trx, refundId, 'rejected');
  if (reopened.length === 0) return;
  await audit(trx, {
    actor: 'payment-service',
    action: 'tickets.reopen',
    subject: `reservation:${reservationId}`,
    after: { refundId, ticketIds: reopened.map((ticket) => ticket.ticket_id), code: rejection.code },
  });
}
