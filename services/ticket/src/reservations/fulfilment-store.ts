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
  await sql`SELECT lock_accounts(ARRAY[${accountId}::uuid])`.execute(trx);
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
 * its limit. Counted in a statement after the locks of `lockHeld`.
 */
export async function mayBuyLate(trx: Writer, held: HeldRow): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    SELECT NOT e.cancelled AND mine.live + ${held.quantity}::integer <= e.limit_per_account AS may
    FROM events e CROSS JOIN places_of(${held.account_id}, e.event_id, clock_timestamp()) mine (live)
    WHERE e.event_id = ${held.event_id}`.execute(trx);
  return rows[0]?.may ?? false;
}

// Without folding: the hold that is being confirmed may just have ended, and is still its own.
async function lockPoolsOf(trx: Writer, row: { event_id: string; items: ReservationItem[] }): Promise<void> {
  const types = row.items.flatMap((item) => ('ticketTypeId' in item ? [item.ticketTypeId] : []));
  await sql`
    SELECT 1 FROM pools WHERE event_id = ${row.event_id} AND ticket_type_id = ANY (${types}::uuid[])
    ORDER BY ticket_type_id FOR UPDATE`.execute(trx);
}

/** Moves the end of a locked, whole hold ahead, never back, and notes when it did; answers the end. */
export async function extendHold(
  trx: Writer,
  held: HeldRow,
  { notedIn, seconds }: { readonly notedIn: 'pinned_at' | 'kept_at'; readonly seconds: number },
): Promise<Date> {
  const { rows } = await sql<{ held_until: Date }>`
    UPDATE reservations SET ${sql.ref(notedIn)} = clock_timestamp(),
      held_until = greatest(held_until, clock_timestamp() + ${seconds} * interval '1 second')
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

/**
 * Sells seats to a new reservation if all are free: locked alone and skipping what others have in hand, then judged by a
 * clock read after the locks.
 */
export async function sellFreeSeats(
  trx: Writer,
  { event_id: eventId }: Pick<HeldRow, 'event_id'>,
  { reservationId, seatIds }: { readonly reservationId: string; readonly seatIds: readonly number[] },
): Promise<boolean> {
  const { rows: locked } = await sql<{ seat_id: number }>`
    SELECT seat_id FROM seats WHERE event_id = ${eventId} AND seat_id = ANY (${seatIds}::integer[])
    ORDER BY seat_id FOR UPDATE SKIP LOCKED`.execute(trx);
  if (locked.length < seatIds.length) return false;
  const { rows } = await sql<{ free: number }>`
    SELECT count(*) AS free FROM seats WHERE event_id = ${eventId} AND seat_id = ANY (${seatIds}::integer[])
      AND (state = 'available' OR state = 'held' AND held_until <= clock_timestamp())`.execute(trx);
  if (rows[0]?.free !== seatIds.length) return false;
  await sql`
    UPDATE seats SET state = 'sold', reservation_id = ${reservationId}, held_until = NULL,
      changed_in = pg_current_xact_id()
    WHERE event_id = ${eventId} AND seat_id = ANY (${seatIds}::integer[])`.execute(trx);
  return true;
}

/** Sells the places of a hold that is over once more if all are free. */
export async function sellFreePlaces(trx: Writer, lost: HeldRow): Promise<boolean> {
  const places = lost.items.filter((item) => 'ticketTypeId' in item);
  const types = places.map((place) => place.ticketTypeId);
  await sql`
    SELECT fold_pools(array_fill(${lost.event_id}::uuid, ARRAY[cardinality(${types}::uuid[])]), ${types}::uuid[])`.execute(
    trx,
  );
  const wanted = sql`unnest(${types}::uuid[], ${places.map((place) => place.quantity)}::integer[])`;
  const { rows } = await sql<{ fits: boolean }>`
    SELECT count(*) = ${types.length}::integer AS fits FROM ${wanted} w (ticket_type_id, quantity)
    JOIN pools p ON p.event_id = ${lost.event_id} AND p.ticket_type_id = w.ticket_type_id
    WHERE p.quantity - p.sold - p.held >= w.quantity`.execute(trx);
  if (rows[0]?.fits !== true) return false;
  await sql`
    UPDATE pools p SET sold = p.sold + w.quantity FROM ${wanted} w (ticket_type_id, quantity)
    WHERE p.event_id = ${lost.event_id} AND p.ticket_type_id = w.ticket_type_id`.execute(trx);
  return true;
}

/** Writes the confirmed reservation that was made in place of another. */
export async function insertReplacement(
  trx: Writer,
  lost: HeldRow,
  made: {
    readonly reservationId: string;
    readonly items: readonly ReservationItem[];
    readonly seatIds: readonly number[];
  },
): Promise<void> {
  await sql`
    INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items,
      created_at, held_until, ended_at, replaces)
    VALUES (${made.reservationId}, ${lost.event_id}, ${lost.account_id}, 'confirmed', ${lost.quantity},
      ${lost.amount}, ${made.seatIds}::integer[], ${JSON.stringify(made.items)}::jsonb,
      date_trunc('milliseconds', clock_timestamp()), clock_timestamp(), clock_timestamp(), ${lost.reservation_id})`.execute(
    trx,
  );
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
