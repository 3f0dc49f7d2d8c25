import { refundOrdered } from '@urr/contracts/domain-events.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';

/** Most tickets that one look picks, which is one transaction; their reservations are taken whole. */
const batchSize = 200;

/**
 * Locks the valid tickets of some reservations of cancelled events and orders their refunds; answers how many it
 * ordered. Lock and order are one commit, so each ticket is told of once, whoever looks and however often.
 */
export async function orderRefunds(db: Kysely<TicketTables>): Promise<number> {
  const reservationIds = await reservationsToGiveBack(db);
  if (reservationIds.length === 0) return 0;
  return inTransaction(db, async (trx) => {
    // Alone and in id order: who used or returned one meanwhile has won, and it is no longer among these.
    const { rows } = await sql<{ ticket_id: string }>`
      SELECT ticket_id FROM tickets WHERE reservation_id = ANY (${reservationIds}::uuid[]) AND state = 'valid'
      ORDER BY ticket_id FOR UPDATE`.execute(trx);
    return writeOrders(
      trx,
      reservationIds,
      rows.map((row) => row.ticket_id),
    );
  });
}

// A cancelled event stays cancelled, so what is chosen here needs no second look. Ordered as the index is, event by event:
// a plain join reads every valid ticket there is.
async function reservationsToGiveBack(db: Kysely<TicketTables>): Promise<string[]> {
  const { rows } = await sql<{ reservation_id: string }>`
    SELECT DISTINCT reservation_id FROM (
      SELECT t.reservation_id FROM events e CROSS JOIN LATERAL (
        SELECT reservation_id FROM tickets WHERE event_id = e.event_id AND state = 'valid'
        ORDER BY event_id, reservation_id LIMIT ${batchSize}
      ) t WHERE e.cancelled LIMIT ${batchSize}
    ) valid`.execute(db);
  return rows.map((row) => row.reservation_id);
}

async function writeOrders(
  trx: Transaction<TicketTables>,
  reservationIds: readonly string[],
  ticketIds: readonly string[],
): Promise<number> {
  const refundIds = reservationIds.map(() => uuidv7());
  const { rows } = await sql`
    WITH ordered AS MATERIALIZED (
      SELECT chosen.refund_id, t.reservation_id, t.payment_id, t.event_id, r.account_id,
        array_agg(t.ticket_id ORDER BY t.ticket_id) AS ticket_ids, sum(t.price)::bigint AS amount
      FROM unnest(${refundIds}::uuid[], ${reservationIds}::uuid[]) chosen (refund_id, reservation_id)
      JOIN reservations r ON r.reservation_id = chosen.reservation_id
      JOIN tickets t ON t.reservation_id = chosen.reservation_id
      WHERE t.ticket_id = ANY (${ticketIds}::uuid[])
      GROUP BY chosen.refund_id, t.reservation_id, t.payment_id, t.event_id, r.account_id
    ), locked AS (
      UPDATE tickets t SET state = 'returning', refund_id = o.refund_id
      FROM ordered o WHERE t.ticket_id = ANY (o.ticket_ids)
    ), opened AS (
      INSERT INTO returns (refund_id, reservation_id, account_id, ticket_ids, amount, begun_at)
      SELECT refund_id, reservation_id, account_id, ticket_ids, amount, statement_timestamp() FROM ordered
    ), recorded AS (
      INSERT INTO audit_log (actor, action, subject, after)
      SELECT 'ticket-service', 'tickets.recall', 'reservation:' || reservation_id,
        jsonb_build_object('refundId', refund_id, 'ticketIds', ticket_ids, 'amount', amount) FROM ordered
    )
    INSERT INTO outbox (topic, type, subject, data)
    SELECT ${refundOrdered.topic}, ${refundOrdered.type}, reservation_id::text,
      jsonb_build_object('reservationId', reservation_id, 'eventId', event_id, 'accountId', account_id,
        'paymentId', payment_id, 'refundId', refund_id, 'ticketIds', ticket_ids, 'amount', amount,
        'title', (SELECT e.title FROM events e WHERE e.event_id = ordered.event_id))
    FROM ordered RETURNING 1`.execute(trx);
  return rows.length;
}
