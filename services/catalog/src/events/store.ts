import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { CatalogTables, EventsTable } from '../tables.ts';
import { cityOf } from './city.ts';
import { type EventFacts, inPriceOrder, type PoolFacts } from './event-facts.ts';

type Db = Kysely<CatalogTables>;
export type EventRow = Selectable<EventsTable>;

/** Rows an event points at. */
export interface EventReferences {
  readonly artistId: string;
  readonly hallId: string | null;
}

/** The store's clock. */
export async function readStoreClock(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(db);
  return (rows[0] as { now: Date }).now;
}

export function lockEvent(db: Db, eventId: string): Promise<EventRow | undefined> {
  return db.selectFrom('events').selectAll().where('id', '=', eventId).forUpdate().executeTakeFirst();
}

export function findEventIdBySlug(db: Db, slug: string): Promise<{ id: string } | undefined> {
  return db.selectFrom('events').select('id').where('slug', '=', slug).executeTakeFirst();
}

/** The event this very request made, if it did. */
export async function findCreatedEvent(
  db: Db,
  by: { readonly slug: string; readonly ownerId: string; readonly creationKey: string | undefined },
): Promise<{ id: string } | undefined> {
  if (by.creationKey === undefined) return undefined;
  return db
    .selectFrom('events')
    .select('id')
    .where('slug', '=', by.slug)
    .where('owner_id', '=', by.ownerId)
    .where('creation_key', '=', by.creationKey)
    .executeTakeFirst();
}

/** Inserts a draft; false when another event has the slug. */
export async function insertEvent(
  db: Db,
  event: { readonly id: string; readonly ownerId: string; readonly creationKey: string | undefined },
  facts: EventFacts,
  references: EventReferences,
): Promise<boolean> {
  const inserted = await db
    .insertInto('events')
    .values({
      id: event.id,
      owner_id: event.ownerId,
      creation_key: event.creationKey ?? null,
      slug: facts.slug,
      ...columnsOf(facts, references),
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) return false;
  await replacePricing(db, event.id, facts);
  return true;
}

/** Writes changed facts and answers the new version. */
export async function updateEvent(
  db: Db,
  eventId: string,
  facts: EventFacts,
  references: EventReferences,
): Promise<number> {
  await replacePricing(db, eventId, facts);
  const { version } = await db
    .updateTable('events')
    .set({ ...columnsOf(facts, references), ...nextVersion() })
    .where('id', '=', eventId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

/** Publishes and pins the layout; answers the new version. */
export async function markPublished(db: Db, eventId: string, layoutId: string | null): Promise<number> {
  const { version } = await db
    .updateTable('events')
    .set({ state: 'published', layout_id: layoutId, published_at: storeMoment(), ...nextVersion() })
    .where('id', '=', eventId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

/** Cancels; answers the new version. */
export async function markCancelled(db: Db, eventId: string): Promise<number> {
  const { version } = await db
    .updateTable('events')
    .set({ state: 'cancelled', cancelled_at: storeMoment(), ...nextVersion() })
    .where('id', '=', eventId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

/** Sets the picture; the version stays, because ticket-service has nothing to learn from it. */
export async function setImage(db: Db, eventId: string, key: string | null): Promise<void> {
  await db
    .updateTable('events')
    .set({ image_key: key, updated_at: storeMoment() })
    .where('id', '=', eventId)
    .execute();
}

function nextVersion() {
  return { version: sql<number>`version + 1`, updated_at: storeMoment() };
}

function storeMoment() {
  return sql<Date>`date_trunc('milliseconds', clock_timestamp())`;
}

function columnsOf(facts: EventFacts, references: EventReferences) {
  const { title, description, venue, sale } = facts;
  const city = cityOf(venue.address);
  const amounts = [...facts.prices, ...facts.pools].map(({ price }) => price);
  return {
    title_ko: title.ko,
    title_en: title.en,
    description_ko: description.ko,
    description_en: description.en,
    artist_id: references.artistId,
    hall_id: references.hallId,
    venue_name_ko: venue.name.ko,
    venue_name_en: venue.name.en,
    venue_address_ko: venue.address.ko,
    venue_address_en: venue.address.en,
    city_ko: city.ko,
    city_en: city.en,
    starts_at: facts.startsAt,
    sale_opens_at: sale.opensAt,
    sale_ends_at: sale.endsAt,
    lobby_minutes: sale.lobbyMinutes,
    capacity: sale.capacity,
    rate_per_second: sale.ratePerSecond,
    threshold: sale.threshold,
    slot_seconds: sale.slotSeconds,
    limit_per_account: sale.limitPerAccount,
    age_limit: facts.ageLimit,
    running_minutes: facts.runningMinutes,
    poster: JSON.stringify(facts.poster),
    min_price: amounts.length === 0 ? null : Math.min(...amounts),
    max_price: amounts.length === 0 ? null : Math.max(...amounts),
  };
}

async function replacePricing(db: Db, eventId: string, facts: EventFacts): Promise<void> {
  await db.deleteFrom('prices').where('event_id', '=', eventId).execute();
  if (facts.prices.length > 0) {
    const rows = facts.prices.map((price) => ({ event_id: eventId, ...price }));
    await db.insertInto('prices').values(rows).execute();
  }
  const grades = facts.pools.map(({ grade }) => grade);
  await sql`DELETE FROM pools WHERE event_id = ${eventId} AND grade <> ALL (${grades})`.execute(db);
  if (facts.pools.length > 0) await upsertPools(db, eventId, facts.pools);
}

// A pool keeps its id, by which ticket-service and its tickets know it.
async function upsertPools(db: Db, eventId: string, pools: readonly PoolFacts[]): Promise<void> {
  const rows = pools.map(({ name, grade, quantity, price }, position) => ({
    id: randomUUID(),
    event_id: eventId,
    position,
    name_ko: name.ko,
    name_en: name.en,
    grade,
    quantity,
    price,
  }));
  await db
    .insertInto('pools')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['event_id', 'grade']).doUpdateSet((update) => ({
        position: update.ref('excluded.position'),
        name_ko: update.ref('excluded.name_ko'),
        name_en: update.ref('excluded.name_en'),
        quantity: update.ref('excluded.quantity'),
        price: update.ref('excluded.price'),
      })),
    )
    .execute();
}

/** Reads a row's facts back. */
export async function readFacts(db: Db, event: EventRow): Promise<EventFacts> {
  const artist = await db
    .selectFrom('artists')
    .select(['slug', 'name_ko', 'name_en'])
    .where('id', '=', event.artist_id)
    .executeTakeFirstOrThrow();
  const hall =
    event.hall_id === null
      ? undefined
      : await db.selectFrom('halls').select('slug').where('id', '=', event.hall_id).executeTakeFirst();
  const prices = await db
    .selectFrom('prices')
    .select(['grade', 'price'])
    .where('event_id', '=', event.id)
    .execute();
  return {
    slug: event.slug,
    title: { ko: event.title_ko, en: event.title_en },
    description: { ko: event.description_ko, en: event.description_en },
    artist: { slug: artist.slug, name: { ko: artist.name_ko, en: artist.name_en } },
    venue: {
      hall: hall?.slug ?? null,
      name: { ko: event.venue_name_ko, en: event.venue_name_en },
      address: { ko: event.venue_address_ko, en: event.venue_address_en },
    },
    startsAt: event.starts_at,
    sale: saleOf(event),
    prices: inPriceOrder(prices),
    pools: await readPools(db, event.id),
    ageLimit: event.age_limit,
    runningMinutes: event.running_minutes,
    poster: event.poster,
  };
}

function saleOf(event: EventRow): EventFacts['sale'] {
  return {
    opensAt: event.sale_opens_at,
    endsAt: event.sale_ends_at,
    lobbyMinutes: event.lobby_minutes,
    capacity: event.capacity,
    ratePerSecond: event.rate_per_second,
    threshold: event.threshold,
    slotSeconds: event.slot_seconds,
    limitPerAccount: event.limit_per_account,
  };
}

async function readPools(db: Db, eventId: string): Promise<PoolFacts[]> {
  const rows = await db
    .selectFrom('pools')
    .select(['name_ko', 'name_en', 'grade', 'quantity', 'price'])
    .where('event_id', '=', eventId)
    .orderBy('position')
    .execute();
  return rows.map(({ name_ko, name_en, ...pool }) => ({ name: { ko: name_ko, en: name_en }, ...pool }));
}
