import type pg from 'pg';
import { type Finding, findViolations } from './finding.ts';

// From when to when each reservation kept each of its seats; a seat with a living ticket is kept for good. A reservation's
// beginning is written in whole milliseconds, rounded down, so ends are too.
const seatSpans = `
  SELECT r.reservation_id, kept.seat_id, r.created_at AS begins,
    CASE
      WHEN r.state = 'confirmed' THEN coalesce(t.returned_at, 'infinity')
      WHEN r.state = 'cancelled' THEN least(r.ended_at, r.held_until)
      ELSE r.held_until
    END AS ends
  FROM reservations r
  CROSS JOIN LATERAL unnest(r.seat_ids) AS kept (seat_id)
  LEFT JOIN tickets t ON t.reservation_id = r.reservation_id AND t.seat_id = kept.seat_id
  WHERE r.event_id = $1`;

/** G1: places that two people hold or held at once, and pools that gave more than they have. */
export function findOversold(ticket: pg.Pool, eventId: string): Promise<Finding[]> {
  const values = [eventId];
  return Promise.all([
    findViolations(ticket, {
      check: 'seats with two living tickets',
      values,
      sql: `SELECT seat_id, count(*)::integer AS tickets FROM tickets
        WHERE event_id = $1 AND seat_id IS NOT NULL AND state <> 'returned'
        GROUP BY seat_id HAVING count(*) > 1`,
    }),
    findViolations(ticket, {
      check: 'seats kept by two reservations at the same moment',
      values,
      sql: `WITH spans AS (${seatSpans}), ordered AS (
          SELECT spans.*, max(date_trunc('milliseconds', ends)) OVER (PARTITION BY seat_id ORDER BY begins, reservation_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier_end FROM spans
        )
        SELECT seat_id, reservation_id, begins, earlier_end FROM ordered WHERE begins < earlier_end`,
    }),
    findViolations(ticket, {
      check: 'living tickets for seats that are not sold to their reservation',
      values,
      sql: `SELECT t.ticket_id, t.seat_id, s.state FROM tickets t
        LEFT JOIN seats s ON s.event_id = t.event_id AND s.seat_id = t.seat_id
        WHERE t.event_id = $1 AND t.seat_id IS NOT NULL AND t.state <> 'returned'
          AND (s.state = 'sold' AND s.reservation_id = t.reservation_id) IS NOT TRUE`,
    }),
    findViolations(ticket, {
      check: 'pools beyond their quantity',
      values,
      sql: `SELECT p.ticket_type_id, p.quantity, p.sold, p.held, living.tickets FROM pools p
        CROSS JOIN LATERAL (
          SELECT count(*)::integer AS tickets FROM tickets t
          WHERE t.event_id = p.event_id AND t.ticket_type_id = p.ticket_type_id AND t.state <> 'returned'
        ) living
        WHERE p.event_id = $1 AND (p.sold + p.held > p.quantity OR living.tickets > p.quantity
          OR living.tickets > p.sold)`,
    }),
  ]);
}

/** Limit per account, counted as the shop does: living tickets and living holds. */
export function findLimitViolations(ticket: pg.Pool, eventId: string): Promise<Finding> {
  return findViolations(ticket, {
    check: 'accounts beyond the limit',
    values: [eventId],
    sql: `WITH live AS (
        SELECT account_id, count(*) AS places FROM tickets
        WHERE event_id = $1 AND state <> 'returned' GROUP BY account_id
        UNION ALL
        SELECT account_id, sum(quantity) FROM reservations
        WHERE event_id = $1 AND state = 'pending' AND held_until > clock_timestamp() GROUP BY account_id
      )
      SELECT live.account_id, sum(live.places)::integer AS places FROM live
      GROUP BY live.account_id
      HAVING sum(live.places) > (SELECT limit_per_account FROM events WHERE event_id = $1)`,
  });
}

/** G2, first half: places that nobody can buy although nobody has them. */
export function findStuckPlaces(ticket: pg.Pool, eventId: string): Promise<Finding[]> {
  const values = [eventId];
  return Promise.all([
    findViolations(ticket, {
      check: 'seats sold without a living ticket',
      values,
      sql: `SELECT s.seat_id FROM seats s WHERE s.event_id = $1 AND s.state = 'sold' AND NOT EXISTS (
          SELECT 1 FROM tickets t WHERE t.event_id = s.event_id AND t.seat_id = s.seat_id AND t.state <> 'returned')`,
    }),
    findViolations(ticket, {
      check: 'seats held for a reservation that is over',
      values,
      sql: `SELECT s.seat_id, r.state FROM seats s
        LEFT JOIN reservations r ON r.reservation_id = s.reservation_id
        WHERE s.event_id = $1 AND s.state = 'held' AND s.held_until > clock_timestamp()
          AND r.state IS DISTINCT FROM 'pending'`,
    }),
    findViolations(ticket, {
      check: 'pool places sold without a living ticket',
      values,
      sql: `SELECT p.ticket_type_id, place FROM pools p
        CROSS JOIN LATERAL (
          SELECT count(*)::integer AS tickets FROM tickets t
          WHERE t.event_id = p.event_id AND t.ticket_type_id = p.ticket_type_id AND t.state <> 'returned'
        ) living
        CROSS JOIN LATERAL generate_series(living.tickets + 1, p.sold) AS place
        WHERE p.event_id = $1`,
    }),
  ]);
}

/** Places by what they are now; an expired hold counts as free, as it does for a buyer. */
export interface Stock {
  readonly sellable: number;
  readonly sold: number;
  readonly free: number;
}

/** Reads the stock from the rows themselves. */
export async function readStock(ticket: pg.Pool, eventId: string): Promise<Stock> {
  const { rows } = await ticket.query<Stock>(
    `SELECT sum(sellable)::integer AS sellable, sum(sold)::integer AS sold, sum(free)::integer AS free FROM (
      SELECT count(*) FILTER (WHERE state <> 'blocked') AS sellable,
        count(*) FILTER (WHERE state = 'sold') AS sold,
        count(*) FILTER (WHERE state = 'available' OR state = 'held' AND held_until <= clock_timestamp()) AS free
      FROM seats WHERE event_id = $1
      UNION ALL
      SELECT p.quantity, p.sold, p.quantity - p.sold - coalesce((
        SELECT sum(h.quantity) FROM pool_holds h
        WHERE h.event_id = p.event_id AND h.ticket_type_id = p.ticket_type_id AND h.held_until > clock_timestamp()), 0)
      FROM pools p WHERE p.event_id = $1
    ) places`,
    [eventId],
  );
  return rows[0] ?? { sellable: 0, sold: 0, free: 0 };
}
