import { type Selectable, sql, type Transaction } from 'kysely';
import { lockReservation, lockSeats } from './store.ts';
import type { ReservationItem, ReservationsTable, TicketTables } from '../tables.ts';

type Writer = Transaction<TicketTables>;

/** A locked reservation with its places locked too. */
export type HeldRow = Selectable<ReservationsTable> & {
  /** By the store's clock, read after the locks. */
  readonly isOver: boolean;
  /** True while every place is still its own, even when the hold has just ended. */
  readonly isWhole: boolean;
  /** Told of a pending one. */
  readonly isSaleCancelled: boolean;
};

/**
 * Locks the account, its reservation, then the seats or pools, and tells whether it still holds them. Undefined: the
 * account has no such reservation. As new holds take the account's lock too, what is counted stays true until the commit.
 */
export async function lockHeld(
  trx: Writer,
  { reservationId, accountId }: { readonly reservationId: string; readonly accountId: string },
): Promise<HeldRow | undefined> {
  await sql`SELECT pg_advisory_xact_lock(uuid_hash_extended(${accountId}::uuid, 7220103))`.execute(trx);
  const row = await lockReservation(trx, reservationId);
  if (row === undefined || row.account_id !== accountId) return undefined;
  if (row.state !== 'pending') return { ...row, isOver: true, isWhole: false, isSaleCancelled: false };
  if (row.seat_ids.length > 0) await lockSeats(trx, row.event_id, row.seat_ids);
  else await lockPoolsOf(trx, row);
  const { rows } = await sql<{ is_over: boolean; own: number; is_cancelled: boolean }>`
    SELECT r.held_until <= clock_timestamp() AS is_over,
      (SELECT e.cancelled FROM events e WHERE e.event_id = r.event_id) AS is_cancelled,
      (SELECT count(*) FROM seats s WHERE s.event_id = r.event_id AND s.seat_id = ANY (r.seat_ids)
        AND s.state = 'held' AND s.reservation_id = r.reservation_id)
      + (SELECT coalesce(sum(h.quantity), 0) FROM pool_holds h WHERE h.reservation_id = r.reservation_id) AS own
    FROM reservations r WHERE r.reservation_id = ${reservationId}`.execute(trx);
  const [seen] = rows;
  return {
    ...row,
    isOver: seen?.is_over ?? true,
    isWhole: seen?.own === row.quantity,
    isSaleCancelled: seen?.is_cancelled ?? true,
  };
}

/**
 * True when the account may still buy what its expired hold was for: the event goes on, and with it the account keeps
 * its limit. Counted as `judge_buyers` counts, in a statement after the locks of `lockHeld`.
 */
export async function mayBuyLate(trx: Writer, held: HeldRow): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    SELECT NOT e.cancelled AND ${held.quantity}::integer <= e.limit_per_account - (
        SELECT coalesce(sum(r.quantity) FILTER (WHERE r.state = 'pending' AND r.held_until > clock_timestamp()), 0)
        FROM reservations r WHERE r.account_id = ${held.account_id} AND r.event_id = e.event_id
      ) - (
        SELECT count(*) FILTER (WHERE t.state <> 'returned')
        FROM tickets t WHERE t.account_id = ${held.account_id} AND t.event_id = e.event_id
      ) AS may
    FROM events e WHERE e.event_id = ${held.event_id}`.execute(trx);
  return rows[0]?.may ?? false;
}

// Without folding: the hold that is being confirmed may just have ended, and is still its own.
async function lockPoolsOf(trx: Writer, row: { event_id: string; items: ReservationItem[] }): Promise<void> {
  const types = row.items.flatMap((item) => ('ticketTypeId' in item ? [item.ticketTypeId] : []));
  await sql`
    SELECT 1 FROM pools WHERE event_id = ${row.event_id} AND ticket_type_id = ANY (${types}::uuid[])
    ORDER BY ticket_type_id FOR UPDATE`.execute(trx);
}

/** Moves the end of a locked, whole hold; answers the new end. */
export async function extendHold(trx: Writer, held: HeldRow, seconds: number): Promise<Date> {
  const { rows } = await sql<{ held_until: Date }>`
    UPDATE reservations SET pinned_at = clock_timestamp(),
      held_until = clock_timestamp() + ${seconds} * interval '1 second'
    WHERE reservation_id = ${held.reservation_id} RETURNING held_until`.execute(trx);
  await sql`
    UPDATE seats s SET held_until = r.held_until, changed_in = pg_current_xact_id()
    FROM reservations r WHERE r.reservation_id = ${held.reservation_id} AND s.event_id = r.event_id
      AND s.seat_id = ANY (r.seat_ids) AND s.reservation_id = r.reservation_id`.execute(trx);
  await sql`
    UPDATE pool_holds h SET held_until = r.held_until
    FROM reservations r WHERE r.reservation_id = ${held.reservation_id} AND h.reservation_id = r.reservation_id`.execute(
    trx,
  );
  return rows[0]?.held_until ?? held.held_until;
}

/** Sells the places of a locked, whole hold to its holder. */
export async function sellHeld(trx: Writer, held: HeldRow): Promise<void> {
  await sql`
    UPDATE reservations SET state = 'confirmed', ended_at = clock_timestamp()
    WHERE reservation_id = ${held.reservation_id} AND state = 'pending'`.execute(trx);
  if (held.seat_ids.length > 0) await sellSeats(trx, held);
  else await sellPlaces(trx, held.reservation_id);
}

async function sellSeats(trx: Writer, held: HeldRow): Promise<void> {
  const result = await sql`
    UPDATE seats SET state = 'sold', held_until = NULL, changed_in = pg_current_xact_id()
    WHERE event_id = ${held.event_id} AND seat_id = ANY (${held.seat_ids}::integer[])
      AND state = 'held' AND reservation_id = ${held.reservation_id}`.execute(trx);
  if (Number(result.numAffectedRows) !== held.seat_ids.length)
    throw new Error(`reservation ${held.reservation_id} lost seats it had locked`);
}

async function sellPlaces(trx: Writer, reservationId: string): Promise<void> {
  await sql`
    WITH gone AS (
      DELETE FROM pool_holds WHERE reservation_id = ${reservationId}
      RETURNING event_id, ticket_type_id, quantity
    )
    UPDATE pools p SET held = p.held - gone.quantity, sold = p.sold + gone.quantity FROM gone
    WHERE p.event_id = gone.event_id AND p.ticket_type_id = gone.ticket_type_id`.execute(trx);
}

export async function readFulfilment(trx: Writer, paymentId: string) {
  return trx.selectFrom('fulfilments').selectAll().where('payment_id', '=', paymentId).executeTakeFirst();
}

export async function insertFulfilment(
  trx: Writer,
  values: {
    readonly payment_id: string;
    readonly reservation_id: string;
    readonly outcome: 'issued' | 'lost';
    readonly issued_for: string | null;
    readonly replaced: boolean;
    readonly ticket_ids: string[];
    readonly amount: number;
  },
): Promise<void> {
  await trx.insertInto('fulfilments').values(values).execute();
}
