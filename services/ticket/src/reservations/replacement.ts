import { sql, type Transaction } from 'kysely';
import type { ReservationItem, TicketTables } from '../tables.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import type { HeldRow } from './fulfilment-store.ts';

type Writer = Transaction<TicketTables>;

/** What was sold: the reservation itself, or one made at once in place of one that was over when the money came. */
export interface Sold {
  readonly reservationId: string;
  readonly items: readonly ReservationItem[];
}

/** Sells the very same places again if they are free; undefined when they are not. */
export async function sellSamePlaces(trx: Writer, lost: HeldRow): Promise<Sold | undefined> {
  const reservationId = uuidv7();
  const isTaken =
    lost.seat_ids.length > 0
      ? await sellFreeSeats(trx, { reservationId, eventId: lost.event_id, seatIds: lost.seat_ids })
      : await sellFreePlaces(trx, lost);
  if (!isTaken) return undefined;
  return insertReplacement(trx, lost, { reservationId, seatIds: lost.seat_ids, items: lost.items });
}

/** Sells these seats instead if all are free. The caller has chosen them of equal grade and price. */
export async function sellEqualSeats(
  trx: Writer,
  lost: HeldRow,
  items: readonly (ReservationItem & { readonly seatId: number })[],
): Promise<Sold | undefined> {
  const reservationId = uuidv7();
  const seatIds = items.map((item) => item.seatId).sort((one, other) => one - other);
  if (!(await sellFreeSeats(trx, { reservationId, eventId: lost.event_id, seatIds }))) return undefined;
  return insertReplacement(trx, lost, { reservationId, seatIds, items });
}

// Locked alone and skipping what others have in hand; then judged by a clock read after the locks.
async function sellFreeSeats(
  trx: Writer,
  sale: { readonly reservationId: string; readonly eventId: string; readonly seatIds: readonly number[] },
): Promise<boolean> {
  const { rows: locked } = await sql<{ seat_id: number }>`
    SELECT seat_id FROM seats WHERE event_id = ${sale.eventId} AND seat_id = ANY (${sale.seatIds}::integer[])
    ORDER BY seat_id FOR UPDATE SKIP LOCKED`.execute(trx);
  if (locked.length < sale.seatIds.length) return false;
  const { rows } = await sql<{ free: number }>`
    SELECT count(*) AS free FROM seats WHERE event_id = ${sale.eventId} AND seat_id = ANY (${sale.seatIds}::integer[])
      AND (state = 'available' OR state = 'held' AND held_until <= clock_timestamp())`.execute(trx);
  if (rows[0]?.free !== sale.seatIds.length) return false;
  await sql`
    UPDATE seats SET state = 'sold', reservation_id = ${sale.reservationId}, held_until = NULL,
      changed_in = pg_current_xact_id()
    WHERE event_id = ${sale.eventId} AND seat_id = ANY (${sale.seatIds}::integer[])`.execute(trx);
  return true;
}

async function sellFreePlaces(trx: Writer, lost: HeldRow): Promise<boolean> {
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

async function insertReplacement(
  trx: Writer,
  lost: HeldRow,
  made: Sold & { readonly seatIds: readonly number[] },
): Promise<Sold> {
  await sql`
    INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items,
      created_at, held_until, ended_at, replaces)
    VALUES (${made.reservationId}, ${lost.event_id}, ${lost.account_id}, 'confirmed', ${lost.quantity},
      ${lost.amount}, ${made.seatIds}::integer[], ${JSON.stringify(made.items)}::jsonb,
      date_trunc('milliseconds', clock_timestamp()), clock_timestamp(), clock_timestamp(), ${lost.reservation_id})`.execute(
    trx,
  );
  return { reservationId: made.reservationId, items: made.items };
}
