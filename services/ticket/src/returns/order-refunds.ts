import { inTransaction } from '@urr/platform/database.ts';
import type { Kysely } from 'kysely';
import type { TicketTables } from '../tables.ts';
import { lockValidTickets, reservationsToGiveBack, writeOrders } from './store.ts';

/** Most tickets that one look picks, which is one transaction; their reservations are taken whole. */
const batchSize = 200;

/**
 * Locks the valid tickets of some reservations of cancelled events and orders their refunds; answers how many it
 * ordered. Lock and order are one commit, so each ticket is told of once, whoever looks and however often.
 */
export async function orderRefunds(db: Kysely<TicketTables>): Promise<number> {
  // A cancelled event stays cancelled, so what is chosen here needs no second look.
  const reservationIds = await reservationsToGiveBack(db, batchSize);
  if (reservationIds.length === 0) return 0;
  return inTransaction(db, async (trx) => {
    const ticketIds = await lockValidTickets(trx, reservationIds);
    return writeOrders(trx, reservationIds, ticketIds);
  });
}
