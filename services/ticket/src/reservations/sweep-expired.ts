import { type Kysely, sql } from 'kysely';
import type { Deps } from '../deps.ts';
import type { TicketTables } from '../tables.ts';

const batchSize = 500;

/**
 * Marks expired reservations and tells who listens; folds expired places so that figures are round. Nothing waits for
 * it: an expired hold is free without it.
 */
export async function sweepExpired(
  deps: Pick<Deps, 'db' | 'wakeRelay'>,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted && (await expireReservations(deps.db)) === batchSize) deps.wakeRelay();
  await foldExpiredPlaces(deps.db);
}

// Marks one batch of expired reservations and announces their end; answers how many.
async function expireReservations(db: Kysely<TicketTables>): Promise<number> {
  const { rows } = await sql`
    WITH over AS (
      SELECT reservation_id FROM reservations
      WHERE state = 'pending' AND held_until <= clock_timestamp()
      ORDER BY held_until LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
    ), ended AS (
      UPDATE reservations r SET state = 'expired', ended_at = clock_timestamp()
      FROM over WHERE r.reservation_id = over.reservation_id
      RETURNING r.reservation_id, r.event_id, r.account_id
    )
    INSERT INTO outbox (topic, type, subject, data)
    SELECT 'reservation-events', 'urr.reservation.ended.v1', reservation_id::text,
      jsonb_build_object('reservationId', reservation_id, 'eventId', event_id, 'accountId', account_id,
        'reason', 'expired')
    FROM ended RETURNING 1`.execute(db);
  return rows.length;
}

async function foldExpiredPlaces(db: Kysely<TicketTables>): Promise<void> {
  await sql`
    SELECT fold_pools(array_agg(event_id), array_agg(ticket_type_id)) FROM (
      SELECT DISTINCT event_id, ticket_type_id FROM pool_holds WHERE held_until <= clock_timestamp() LIMIT 100
    ) over HAVING count(*) > 0`.execute(db);
}
