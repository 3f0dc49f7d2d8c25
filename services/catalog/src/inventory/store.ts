import type { InventoryState } from '@urr/contracts/catalog-shapes.ts';
import type { Inventory } from '@urr/contracts/ticket-internal.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { CatalogTables, EventsTable } from '../tables.ts';

type Db = Kysely<CatalogTables>;

/** Seconds a pusher may hold an event; longer than one push may take (`pushDeadlineMs`). */
const claimSeconds = 15;
const retryCeilingSeconds = 30;

/** Notes what ticket-service should have; an older wish never replaces a newer one. */
export async function wantPush(db: Db, eventId: string, version: number): Promise<void> {
  await sql`
    INSERT INTO pushes AS push (event_id, wanted_version) VALUES (${eventId}, ${version})
    ON CONFLICT (event_id) DO UPDATE
      SET wanted_version = greatest(push.wanted_version, excluded.wanted_version),
          attempts = 0, next_attempt_at = clock_timestamp()`.execute(db);
}

/** Takes an event to push; false when nothing is due or another pusher has it. */
export async function claimPush(db: Db, eventId: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE pushes SET claimed_until = clock_timestamp() + ${claimSeconds} * interval '1 second'
    WHERE event_id = ${eventId} AND pushed_version < wanted_version AND refused_version < wanted_version
      AND next_attempt_at <= clock_timestamp() AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
    RETURNING event_id`.execute(db);
  return rows.length > 0;
}

/** Events whose push is due. */
export async function findDuePushes(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ event_id: string }>`
    SELECT event_id FROM pushes
    WHERE pushed_version < wanted_version AND refused_version < wanted_version
      AND next_attempt_at <= clock_timestamp() AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
    ORDER BY next_attempt_at LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.event_id);
}

export async function recordPushed(db: Db, eventId: string, version: number): Promise<void> {
  await sql`
    UPDATE pushes SET pushed_version = greatest(pushed_version, ${version}), pushed_at = clock_timestamp(),
      claimed_until = NULL, attempts = 0, last_fault = NULL
    WHERE event_id = ${eventId}`.execute(db);
}

export async function recordRefused(db: Db, eventId: string, version: number, fault: string): Promise<void> {
  await sql`
    UPDATE pushes SET refused_version = greatest(refused_version, ${version}), claimed_until = NULL, last_fault = ${fault}
    WHERE event_id = ${eventId}`.execute(db);
}

/** Gives the event back to be tried again, later each time. */
export async function recordFailed(db: Db, eventId: string, fault: string): Promise<void> {
  await sql`
    UPDATE pushes SET claimed_until = NULL, attempts = attempts + 1, last_fault = ${fault},
      next_attempt_at = clock_timestamp()
        + least(${retryCeilingSeconds}, 0.2 * 2 ^ least(attempts, 10)) * interval '1 second'
    WHERE event_id = ${eventId}`.execute(db);
}

/** How a version stands. */
export async function readPushState(db: Db, eventId: string, version: number): Promise<InventoryState> {
  const push = await db
    .selectFrom('pushes')
    .select(['pushed_version', 'refused_version'])
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (push === undefined) return 'none';
  if (push.pushed_version >= version) return 'ready';
  return push.refused_version >= version ? 'refused' : 'pending';
}

/** An event's inventory as one consistent snapshot, with its version. */
export function readInventory(
  db: Db,
  eventId: string,
): Promise<{ readonly version: number; readonly inventory: Inventory }> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (transaction) => {
    const event = await transaction
      .selectFrom('events')
      .selectAll()
      .where('id', '=', eventId)
      .executeTakeFirstOrThrow();
    const inventory: Inventory = {
      revision: event.version,
      ...factsOf(event),
      layout: event.layout_id === null ? null : await readLayout(transaction, event.layout_id),
      prices: await readPrices(transaction, eventId),
      pools: await readPools(transaction, eventId),
    };
    return { version: event.version, inventory };
  });
}

function factsOf(event: Selectable<EventsTable>) {
  return {
    ownerId: event.owner_id,
    title: { ko: event.title_ko, en: event.title_en },
    venue: { ko: event.venue_name_ko, en: event.venue_name_en },
    startsAt: event.starts_at.toISOString(),
    saleOpensAt: event.sale_opens_at.toISOString(),
    saleEndsAt: event.sale_ends_at.toISOString(),
    limitPerAccount: event.limit_per_account,
    cancelled: event.state === 'cancelled',
  };
}

async function readLayout(db: Db, layoutId: string): Promise<Inventory['layout']> {
  const layout = await db
    .selectFrom('layouts')
    .select(['version', 'seats'])
    .where('id', '=', layoutId)
    .executeTakeFirstOrThrow();
  return { layoutId, version: layout.version, seats: layout.seats };
}

function readPrices(db: Db, eventId: string): Promise<Inventory['prices']> {
  return db
    .selectFrom('prices')
    .select(['grade', 'price'])
    .where('event_id', '=', eventId)
    .orderBy('price', 'desc')
    .orderBy('grade')
    .execute();
}

async function readPools(db: Db, eventId: string): Promise<Inventory['pools']> {
  const rows = await db
    .selectFrom('pools')
    .select(['id', 'name_ko', 'name_en', 'grade', 'quantity', 'price'])
    .where('event_id', '=', eventId)
    .orderBy('position')
    .execute();
  return rows.map(({ id, name_ko, name_en, ...pool }) => ({
    ticketTypeId: id,
    name: { ko: name_ko, en: name_en },
    ...pool,
  }));
}
