import type pg from 'pg';

/** An event's reservations by what has become of them. */
export interface ReservationCounts {
  readonly holds: number;
  readonly paying: number;
  readonly confirmed: number;
  readonly expired: number;
  readonly cancelled: number;
  readonly revenue: number;
}

// Holds that live now are few; what has ended is counted from an index that holds nothing else.
const countStatement = `
  WITH live AS (
    SELECT count(*) AS holds, count(pinned_at) AS paying FROM reservations
    WHERE state = 'pending' AND held_until > clock_timestamp() AND event_id = $1),
  ended AS (
    SELECT state, count(*) AS reservations, sum(amount) AS amount FROM reservations
    WHERE event_id = $1 AND state <> 'pending' GROUP BY state)
  SELECT holds::float8, paying::float8,
    coalesce((SELECT reservations FROM ended WHERE state = 'confirmed'), 0)::float8 AS confirmed,
    coalesce((SELECT reservations FROM ended WHERE state = 'expired'), 0)::float8 AS expired,
    coalesce((SELECT reservations FROM ended WHERE state = 'cancelled'), 0)::float8 AS cancelled,
    coalesce((SELECT amount FROM ended WHERE state = 'confirmed'), 0)::float8 AS revenue
  FROM live`;

export async function countReservations(pool: pg.Pool, eventId: string): Promise<ReservationCounts> {
  const { rows } = await pool.query<ReservationCounts>({
    text: countStatement,
    values: [eventId],
  });
  return rows[0] ?? { holds: 0, paying: 0, confirmed: 0, expired: 0, cancelled: 0, revenue: 0 };
}
