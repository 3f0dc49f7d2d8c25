import { type Kysely, sql, type Transaction } from 'kysely';
import type { ListPosition } from '../list-position.ts';
import type { TicketTables } from '../tables.ts';
import type { ReservationRow } from './view.ts';

type Writer = Transaction<TicketTables>;

const isOver = sql<boolean>`(held_until <= clock_timestamp())`.as('is_over');

export async function readReservation(
  db: Kysely<TicketTables>,
  reservationId: string,
): Promise<ReservationRow | undefined> {
  return db
    .selectFrom('reservations')
    .selectAll()
    .select(isOver)
    .where('reservation_id', '=', reservationId)
    .executeTakeFirst();
}

export async function listReservations(
  db: Kysely<TicketTables>,
  accountId: string,
  page: { readonly before: ListPosition | undefined; readonly limit: number },
): Promise<ReservationRow[]> {
  const { before } = page;
  return db
    .selectFrom('reservations')
    .selectAll()
    .select(isOver)
    .where('account_id', '=', accountId)
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(created_at, reservation_id) < (${before?.at}, ${before?.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('reservation_id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Locks a reservation; its `is_over` may be as old as the wait for the lock, so ask the clock again where it decides. */
export async function lockReservation(
  trx: Writer,
  reservationId: string,
): Promise<ReservationRow | undefined> {
  return trx
    .selectFrom('reservations')
    .selectAll()
    .select(isOver)
    .where('reservation_id', '=', reservationId)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Whether a locked hold has ended, by a clock read after the lock so that the time spent waiting counts; and the
 * transaction that frees its seats.
 */
export async function judgeHeld(
  trx: Writer,
  { held_until: heldUntil }: Pick<ReservationRow, 'held_until'>,
): Promise<{ readonly isOver: boolean; readonly changedIn: number }> {
  const { rows } = await sql<{ is_over: boolean; changed_in: number }>`
    SELECT ${heldUntil}::timestamptz <= clock_timestamp() AS is_over,
      pg_current_xact_id()::text::bigint AS changed_in`.execute(trx);
  return { isOver: rows[0]?.is_over ?? true, changedIn: rows[0]?.changed_in ?? 0 };
}

/** Ends a locked reservation and frees what is still its own; answers the seats freed. */
export async function releaseHold(
  trx: Writer,
  row: Pick<ReservationRow, 'reservation_id' | 'event_id' | 'seat_ids'>,
): Promise<number[]> {
  await releasePlaces(trx, row.reservation_id);
  if (row.seat_ids.length === 0) return [];
  await lockSeats(trx, row.event_id, row.seat_ids);
  const { rows } = await sql<{ seat_id: number }>`
    UPDATE seats SET state = 'available', reservation_id = NULL, held_until = NULL, changed_in = pg_current_xact_id()
    WHERE event_id = ${row.event_id} AND seat_id = ANY (${row.seat_ids}::integer[])
      AND state = 'held' AND reservation_id = ${row.reservation_id}
    RETURNING seat_id`.execute(trx);
  return rows.map((freed) => freed.seat_id);
}

/** Seats alone, in id order: the order every other writer keeps. */
export async function lockSeats(trx: Writer, eventId: string, seatIds: readonly number[]): Promise<void> {
  await sql`
    SELECT 1 FROM seats WHERE event_id = ${eventId} AND seat_id = ANY (${seatIds}::integer[])
    ORDER BY seat_id FOR UPDATE`.execute(trx);
}

// Locks the pools first: a hold's row only changes under its pool's lock.
async function releasePlaces(trx: Writer, reservationId: string): Promise<void> {
  await sql`
    SELECT fold_pools(array_agg(event_id), array_agg(ticket_type_id))
    FROM pool_holds WHERE reservation_id = ${reservationId} HAVING count(*) > 0`.execute(trx);
  await sql`
    WITH gone AS (
      DELETE FROM pool_holds WHERE reservation_id = ${reservationId}
      RETURNING event_id, ticket_type_id, quantity
    )
    UPDATE pools p SET held = p.held - gone.quantity FROM gone
    WHERE p.event_id = gone.event_id AND p.ticket_type_id = gone.ticket_type_id`.execute(trx);
}

/** Marks a locked, pending reservation as ended without payment. */
export async function markEnded(
  trx: Writer,
  reservationId: string,
  state: 'cancelled' | 'expired',
): Promise<void> {
  await sql`
    UPDATE reservations SET state = ${state}, ended_at = clock_timestamp()
    WHERE reservation_id = ${reservationId}`.execute(trx);
}
