import type { Reservation } from '@urr/contracts/ticket.ts';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { Problem } from '@urr/platform/problem.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import type pg from 'pg';

/** What a buyer wants. */
export interface HoldWish {
  readonly eventId: string;
  readonly accountId: string;
  readonly seatIds: readonly number[];
  readonly holdSeconds: number;
}

interface PricedSeat {
  readonly seatId: number;
  readonly grade: string;
  readonly price: number;
}

/** Holds seats the usual way: begin; lock; check; update; insert; commit. Statements are prepared once a connection. */
export async function holdInOwnTransaction(
  pool: pg.Pool,
  wish: HoldWish,
  labels: readonly LayoutSeat[],
): Promise<Reservation> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const seats = await lockFreeSeats(client, wish);
    await checkLimit(client, wish);
    const made = await writeHold(client, wish, seats);
    await client.query('COMMIT');
    return viewOf(made, wish, seats, labels);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** The labels printed on the seats of the only layout. */
export async function readSeatLabels(pool: pg.Pool): Promise<readonly LayoutSeat[]> {
  const { rows } = await pool.query<{ seats: LayoutSeat[] }>('SELECT seats FROM layouts');
  return rows[0]?.seats ?? [];
}

interface SeatRow {
  readonly seat_id: number;
  readonly grade: string;
  readonly is_free: boolean;
}

async function lockFreeSeats(client: pg.PoolClient, wish: HoldWish): Promise<readonly SeatRow[]> {
  const { rows } = await client.query<SeatRow>({
    text: `SELECT seat_id, grade, state = 'available' OR (state = 'held' AND held_until <= clock_timestamp()) AS is_free
           FROM seats WHERE event_id = $1 AND seat_id = ANY ($2::int[]) ORDER BY seat_id FOR UPDATE`,
    values: [wish.eventId, wish.seatIds],
  });
  const taken = rows.filter((row) => !row.is_free).map((row) => ({ seatId: row.seat_id, reason: 'held' }));
  if (taken.length > 0 || rows.length < wish.seatIds.length)
    throw new Problem('seats-taken', { data: { seats: taken } });
  return rows;
}

async function checkLimit(client: pg.PoolClient, wish: HoldWish): Promise<void> {
  const { rows } = await client.query<{ limit: number; live: number; is_over: boolean }>({
    text: `SELECT e.limit_per_account AS limit, e.cancelled OR e.sale_ends_at <= clock_timestamp() AS is_over,
             (SELECT coalesce(sum(quantity), 0) FROM reservations r WHERE r.account_id = $2 AND r.event_id = $1
               AND r.state = 'pending' AND r.held_until > clock_timestamp())
             + (SELECT count(*) FROM tickets t WHERE t.account_id = $2 AND t.event_id = $1 AND t.state <> 'returned') AS live
           FROM events e WHERE e.event_id = $1`,
    values: [wish.eventId, wish.accountId],
  });
  const [event] = rows;
  if (event === undefined) throw new Problem('event-not-found');
  if (event.is_over) throw new Problem('sale-over');
  if (event.live + wish.seatIds.length > event.limit)
    throw new Problem('limit-reached', { data: { limit: event.limit, live: event.live } });
}

interface MadeHold {
  readonly reservation_id: string;
  readonly amount: number;
  readonly items: readonly PricedSeat[];
  readonly created_at: Date;
  readonly held_until: Date;
}

async function writeHold(
  client: pg.PoolClient,
  wish: HoldWish,
  seats: readonly SeatRow[],
): Promise<MadeHold> {
  const reservationId = uuidv7();
  const { rows: updated } = await client.query<{ held_until: Date }>({
    text: `UPDATE seats SET state = 'held', reservation_id = $3, changed_in = pg_current_xact_id(),
             held_until = now() + $4 * interval '1 second'
           WHERE event_id = $1 AND seat_id = ANY ($2::int[]) RETURNING held_until`,
    values: [wish.eventId, wish.seatIds, reservationId, wish.holdSeconds],
  });
  const heldUntil = updated[0]?.held_until;
  const { rows } = await client.query<MadeHold>({
    name: 'insert-reservation',
    text: `WITH wanted AS (
             SELECT sum(g.price)::bigint AS amount, jsonb_agg(jsonb_build_object(
               'seatId', w.seat_id, 'grade', w.grade, 'price', g.price) ORDER BY w.seat_id) AS items
             FROM unnest($4::int[], $5::text[]) AS w (seat_id, grade)
             JOIN event_grades g ON g.event_id = $2 AND g.grade = w.grade
           ), made AS (
             INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items, created_at, held_until)
             SELECT $1, $2, $3, 'pending', cardinality($4::int[]), amount, $4, items, date_trunc('milliseconds', now()), $6
             FROM wanted RETURNING *
           ), told AS (
             INSERT INTO outbox (topic, type, subject, data)
             SELECT 'reservation-events', 'urr.reservation.created.v1', reservation_id::text,
               reservation_created(reservation_id, event_id, account_id, quantity, amount, held_until) FROM made
           ) SELECT reservation_id, amount, items, created_at, held_until FROM made`,
    values: [
      reservationId,
      wish.eventId,
      wish.accountId,
      wish.seatIds,
      seats.map((seat) => seat.grade),
      heldUntil,
    ],
  });
  const [made] = rows;
  if (made === undefined) throw new Error('the reservation was not written');
  return made;
}

function viewOf(
  made: MadeHold,
  wish: HoldWish,
  seats: readonly SeatRow[],
  labels: readonly LayoutSeat[],
): Reservation {
  return {
    reservationId: made.reservation_id,
    eventId: wish.eventId,
    state: 'pending',
    quantity: seats.length,
    amount: made.amount,
    createdAt: made.created_at.toISOString(),
    expiresAt: made.held_until.toISOString(),
    pinned: false,
    seats: made.items.map((item) => {
      const { section = '', row = '', seat = '' } = labels[item.seatId] ?? {};
      return { seatId: item.seatId, section, row, seat, grade: item.grade, price: item.price };
    }),
    places: [],
    // The service works it out from the show's start; here any instant will do, for the same bytes.
    refundableUntil: made.held_until.toISOString(),
  };
}
