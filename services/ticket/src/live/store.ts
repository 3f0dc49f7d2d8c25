import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { TicketTables } from '../tables.ts';
import type { SeatCode } from './seat-mirror.ts';
import type { Sale, SaleLayout } from './sale.ts';

/** Everything about an event but its layout's seats and its counters. */
export async function readSale(
  db: Kysely<TicketTables>,
  eventId: string,
): Promise<
  { sale: Omit<Sale, 'layout'>; layoutKey: { layoutId: string; version: number } | undefined } | undefined
> {
  const event = await db.selectFrom('events').selectAll().where('event_id', '=', eventId).executeTakeFirst();
  if (event === undefined) return undefined;
  const grades = await db.selectFrom('event_grades').selectAll().where('event_id', '=', eventId).execute();
  const pools = await db
    .selectFrom('pools')
    .select(['ticket_type_id', 'name', 'grade', 'quantity', 'price'])
    .where('event_id', '=', eventId)
    .orderBy('position')
    .execute();
  const sale = {
    eventId,
    ownerId: event.owner_id,
    revision: event.revision,
    title: event.title,
    venue: event.venue,
    startsAt: event.starts_at,
    saleOpensAt: event.sale_opens_at,
    saleEndsAt: event.sale_ends_at,
    limitPerAccount: event.limit_per_account,
    cancelled: event.cancelled,
    prices: new Map(grades.map((grade) => [grade.grade, grade.price])),
    pools: pools.map(({ ticket_type_id: ticketTypeId, ...pool }) => ({ ticketTypeId, ...pool })),
  };
  const { layout_id: layoutId, layout_version: version } = event;
  return { sale, layoutKey: layoutId === null || version === null ? undefined : { layoutId, version } };
}

export async function readLayout(
  db: Kysely<TicketTables>,
  layoutId: string,
  version: number,
): Promise<SaleLayout> {
  const row = await db
    .selectFrom('layouts')
    .select('seats')
    .where('layout_id', '=', layoutId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return { layoutId, version, seats: row.seats as LayoutSeat[] };
}

/** A seat row: id, code, end of the hold in milliseconds (0 unless held), transaction. */
export type SeatSight = readonly [seatId: number, code: SeatCode, heldUntilMs: number, changedIn: number];
/** A pool: id, places left, end of the next hold in milliseconds (0 without holds), places sold. */
export type PoolSight = readonly [ticketTypeId: string, left: number, nextEndMs: number, sold: number];

export interface Sight {
  readonly event_id: string;
  readonly revision: number;
  readonly seats: readonly SeatSight[] | null;
  readonly pools: readonly PoolSight[] | null;
  /** Every transaction before this one is in this sight: the cursor of the next. */
  readonly snapshot_xmin: number;
  readonly store_ms: number;
}

const lookStatement = `
  SELECT e.event_id, e.revision, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS snapshot_xmin,
    (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS store_ms,
    (SELECT json_agg(json_build_array(s.seat_id,
        CASE s.state WHEN 'available' THEN 0 WHEN 'held' THEN 1 WHEN 'sold' THEN 2 ELSE 3 END,
        coalesce((extract(epoch FROM s.held_until) * 1000)::float8, 0), s.changed_in::text::bigint))
      FROM seats s WHERE s.event_id = e.event_id AND s.changed_in >= w.since::text::xid8) AS seats,
    (SELECT json_agg(json_build_array(p.ticket_type_id, p.quantity - p.sold - p.held + coalesce(over.quantity, 0),
        coalesce((extract(epoch FROM next.ends_at) * 1000)::float8, 0), p.sold))
      FROM pools p
      LEFT JOIN LATERAL (SELECT sum(h.quantity)::integer AS quantity FROM pool_holds h WHERE h.event_id = p.event_id
        AND h.ticket_type_id = p.ticket_type_id AND h.held_until <= clock_timestamp()) over ON true
      LEFT JOIN LATERAL (SELECT min(h.held_until) AS ends_at FROM pool_holds h WHERE h.event_id = p.event_id
        AND h.ticket_type_id = p.ticket_type_id AND h.held_until > clock_timestamp()) next ON true
      WHERE p.event_id = e.event_id) AS pools
  FROM unnest($1::uuid[], $2::bigint[]) w (event_id, since)
  JOIN events e ON e.event_id = w.event_id`;

/**
 * Looks at several events in one snapshot: all their pools, and the seats changed since each one's cursor (0: all).
 * Asking by the snapshot's oldest open transaction misses no late commit.
 */
export async function lookAt(
  pool: pg.Pool,
  cursors: readonly { readonly eventId: string; readonly since: number }[],
): Promise<readonly Sight[]> {
  const { rows } = await pool.query<Sight>({
    text: lookStatement,
    values: [cursors.map((cursor) => cursor.eventId), cursors.map((cursor) => cursor.since)],
  });
  return rows;
}
