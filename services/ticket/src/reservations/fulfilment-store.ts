import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
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
  const { rows } = await sql<HeldRow>`
    SELECT r.*, l.is_over AS "isOver", l.is_whole AS "isWhole", l.is_sale_cancelled AS "isSaleCancelled"
    FROM lock_held(${accountId}, ${reservationId}) l CROSS JOIN LATERAL (SELECT (l.held).*) r
    WHERE r.reservation_id IS NOT NULL`.execute(trx);
  return rows[0];
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

/** Moves the end of a locked, whole hold ahead, never back, and notes when it did; answers the end. */
export async function extendHold(
  trx: Writer,
  held: HeldRow,
  { notedIn, seconds }: { readonly notedIn: 'pinned_at' | 'kept_at'; readonly seconds: number },
): Promise<Date> {
  const { rows } = await sql<{ held_until: Date }>`
    WITH r AS (
      UPDATE reservations SET ${sql.ref(notedIn)} = clock_timestamp(),
        held_until = greatest(held_until, clock_timestamp() + ${seconds} * interval '1 second')
      WHERE reservation_id = ${held.reservation_id} RETURNING reservation_id, event_id, seat_ids, held_until
    ), of_seats AS (
      UPDATE seats s SET held_until = r.held_until, changed_in = pg_current_xact_id() FROM r
      WHERE s.event_id = r.event_id AND s.seat_id = ANY (r.seat_ids) AND s.reservation_id = r.reservation_id
    ), of_pools AS (
      UPDATE pool_holds h SET held_until = r.held_until FROM r WHERE h.reservation_id = r.reservation_id
    ) SELECT held_until FROM r`.execute(trx);
  return rows[0]?.held_until ?? held.held_until;
}

/** Sells the places of a locked, whole hold to its holder. */
export async function sellHeld(trx: Writer, held: HeldRow): Promise<void> {
  const { rows } = await sql<{ sold: number }>`
    WITH r AS (
      UPDATE reservations SET state = 'confirmed', ended_at = clock_timestamp()
      WHERE reservation_id = ${held.reservation_id}
    ), sold AS (
      UPDATE seats SET state = 'sold', held_until = NULL, changed_in = pg_current_xact_id()
      WHERE event_id = ${held.event_id} AND seat_id = ANY (${held.seat_ids}::integer[])
        AND state = 'held' AND reservation_id = ${held.reservation_id} RETURNING 1
    ) SELECT count(*) AS sold FROM sold`.execute(trx);
  if (rows[0]?.sold !== held.seat_ids.length)
    throw new Error(`reservation ${held.reservation_id} lost seats it had locked`);
  if (held.seat_ids.length === 0) await sellPlaces(trx, held.reservation_id);
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

export async function readFulfilment(db: Kysely<TicketTables>, paymentId: string) {
  return db.selectFrom('fulfilments').selectAll().where('payment_id', '=', paymentId).executeTakeFirst();
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
