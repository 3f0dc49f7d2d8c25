import type { Inventory, LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';

type Writer = Transaction<TicketTables>;

/** An event's row, locked: two pushes of one event follow each other. */
export async function lockEvent(trx: Writer, eventId: string) {
  // The row may not be there yet, and a row that is not there cannot be locked.
  await sql`SELECT pg_advisory_xact_lock(uuid_hash_extended(${eventId}::uuid, 7220104))`.execute(trx);
  return trx.selectFrom('events').selectAll().where('event_id', '=', eventId).forUpdate().executeTakeFirst();
}

/** Keeps a layout version; answers the hash of what is stored under it. */
export async function keepLayout(
  trx: Writer,
  layout: { readonly layoutId: string; readonly version: number; readonly seats: readonly LayoutSeat[] },
  seatsHash: string,
): Promise<string> {
  await trx
    .insertInto('layouts')
    .values({
      layout_id: layout.layoutId,
      version: layout.version,
      seats: JSON.stringify(layout.seats),
      seat_count: layout.seats.length,
      seats_hash: seatsHash,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { seats_hash: stored } = await trx
    .selectFrom('layouts')
    .select('seats_hash')
    .where('layout_id', '=', layout.layoutId)
    .where('version', '=', layout.version)
    .executeTakeFirstOrThrow();
  return stored;
}

export async function upsertEvent(trx: Writer, eventId: string, inventory: Inventory): Promise<void> {
  const { layout } = inventory;
  // Times go as instants: PostgreSQL reads fewer offsets than ISO 8601 allows.
  const values = {
    owner_id: inventory.ownerId,
    title: JSON.stringify(inventory.title),
    venue: JSON.stringify(inventory.venue),
    starts_at: new Date(inventory.startsAt),
    sale_opens_at: new Date(inventory.saleOpensAt),
    sale_ends_at: new Date(inventory.saleEndsAt),
    limit_per_account: inventory.limitPerAccount,
    cancelled: inventory.cancelled,
    layout_id: layout?.layoutId ?? null,
    layout_version: layout?.version ?? null,
    seat_count: layout?.seats.length ?? 0,
    pushed_revision: inventory.revision,
    updated_at: new Date(),
  };
  await trx
    .insertInto('events')
    .values({ event_id: eventId, ...values })
    .onConflict((conflict) =>
      conflict.column('event_id').doUpdateSet({ ...values, revision: sql<number>`events.revision + 1` }),
    )
    .execute();
}

export async function replacePrices(
  trx: Writer,
  eventId: string,
  prices: Inventory['prices'],
): Promise<void> {
  await sql`
    INSERT INTO event_grades (event_id, grade, price)
    SELECT ${eventId}, grade, price FROM unnest(${prices.map((row) => row.grade)}::text[],
      ${prices.map((row) => row.price)}::bigint[]) p (grade, price)
    ON CONFLICT (event_id, grade) DO UPDATE SET price = excluded.price
      WHERE event_grades.price <> excluded.price`.execute(trx);
  await sql`
    DELETE FROM event_grades WHERE event_id = ${eventId}
      AND grade <> ALL (${prices.map((row) => row.grade)}::text[])`.execute(trx);
}

/** Locks every seat of the event; answers how many are held or sold at this instant. */
export async function lockSeatsInUse(trx: Writer, eventId: string): Promise<number> {
  await sql`SELECT 1 FROM seats WHERE event_id = ${eventId} ORDER BY seat_id FOR UPDATE`.execute(trx);
  const { rows } = await sql<{ used: number }>`
    SELECT count(*) AS used FROM seats WHERE event_id = ${eventId}
      AND (state = 'sold' OR state = 'held' AND held_until > clock_timestamp())`.execute(trx);
  return rows[0]?.used ?? 0;
}

export async function replaceSeats(
  trx: Writer,
  eventId: string,
  seats: readonly LayoutSeat[],
): Promise<void> {
  await trx.deleteFrom('seats').where('event_id', '=', eventId).execute();
  await sql`
    INSERT INTO seats (event_id, seat_id, grade, state)
    SELECT ${eventId}, position - 1, grade, CASE WHEN blocked THEN 'blocked' ELSE 'available' END
    FROM unnest(${seats.map((seat) => seat.grade)}::text[],
      ${seats.map((seat) => seat.flags.includes('blocked'))}::boolean[])
      WITH ORDINALITY s (grade, blocked, position)`.execute(trx);
}

/** Locks the event's pools with their expired holds folded; answers what is taken of each. */
export async function lockPools(trx: Writer, eventId: string): Promise<ReadonlyMap<string, number>> {
  await sql`
    SELECT fold_pools(array_agg(event_id), array_agg(ticket_type_id))
    FROM pools WHERE event_id = ${eventId}`.execute(trx);
  const rows = await trx
    .selectFrom('pools')
    .select(['ticket_type_id', 'sold', 'held'])
    .where('event_id', '=', eventId)
    .execute();
  return new Map(rows.map((row) => [row.ticket_type_id, row.sold + row.held]));
}

export async function replacePools(trx: Writer, eventId: string, pools: Inventory['pools']): Promise<void> {
  const types = pools.map((pool) => pool.ticketTypeId);
  await sql`DELETE FROM pools WHERE event_id = ${eventId} AND ticket_type_id <> ALL (${types}::uuid[])`.execute(
    trx,
  );
  for (const [position, pool] of pools.entries()) {
    const values = {
      name: JSON.stringify(pool.name),
      grade: pool.grade,
      quantity: pool.quantity,
      price: pool.price,
      position,
    };
    await trx
      .insertInto('pools')
      .values({ event_id: eventId, ticket_type_id: pool.ticketTypeId, ...values })
      .onConflict((conflict) => conflict.columns(['event_id', 'ticket_type_id']).doUpdateSet(values))
      .execute();
  }
}

/** The event's prices and pools as stored, for the audit row. */
export async function readPriced(db: Kysely<TicketTables>, eventId: string) {
  const grades = await db
    .selectFrom('event_grades')
    .select(['grade', 'price'])
    .where('event_id', '=', eventId)
    .orderBy('grade')
    .execute();
  const pools = await db
    .selectFrom('pools')
    .select(['ticket_type_id', 'grade', 'quantity', 'price'])
    .where('event_id', '=', eventId)
    .orderBy('position')
    .execute();
  return { grades, pools };
}
