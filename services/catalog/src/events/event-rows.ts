import { type Kysely, type Selectable, sql } from 'kysely';
import type { CatalogTables, EventsTable, GradeCount, PoolsTable, PricesTable } from '../tables.ts';

type Db = Kysely<CatalogTables>;

/** An event with what a reader sees around it. */
export type EventRead = Selectable<EventsTable> & {
  readonly now: Date;
  readonly artist_slug: string;
  readonly artist_name_ko: string;
  readonly artist_name_en: string;
  readonly layout_version: number | null;
  readonly seat_count: number | null;
  readonly layout_grades: readonly GradeCount[] | null;
  readonly pushed_version: number | null;
  readonly refused_version: number | null;
  readonly image_width: number | null;
  readonly image_height: number | null;
};

/** Prices and pools of some events. */
export interface Pricing {
  readonly prices: ReadonlyMap<string, readonly Selectable<PricesTable>[]>;
  readonly pools: ReadonlyMap<string, readonly Selectable<PoolsTable>[]>;
}

/** Events as readers see them; `clock.now` is one instant of the store's clock for all rows. */
export function selectEvents(db: Db) {
  return db
    .selectFrom('events')
    .innerJoin('artists', 'artists.id', 'events.artist_id')
    .leftJoin('layouts', 'layouts.id', 'events.layout_id')
    .leftJoin('pushes', 'pushes.event_id', 'events.id')
    .leftJoin('images', 'images.key', 'events.image_key')
    .innerJoin(sql<{ now: Date }>`(SELECT clock_timestamp() AS now)`.as('clock'), (join) => join.onTrue())
    .selectAll('events')
    .select('clock.now')
    .select(['artists.slug as artist_slug', 'artists.name_ko as artist_name_ko'])
    .select(['artists.name_en as artist_name_en', 'layouts.version as layout_version'])
    .select(['layouts.seat_count', 'layouts.grades as layout_grades'])
    .select(['pushes.pushed_version', 'pushes.refused_version'])
    .select(['images.width as image_width', 'images.height as image_height']);
}

export function findEvent(
  db: Db,
  by: { readonly id: string } | { readonly slug: string },
): Promise<EventRead | undefined> {
  return 'id' in by
    ? selectEvents(db).where('events.id', '=', by.id).executeTakeFirst()
    : selectEvents(db).where('events.slug', '=', by.slug).executeTakeFirst();
}

export async function readPricing(db: Db, eventIds: readonly string[]): Promise<Pricing> {
  if (eventIds.length === 0) return { prices: new Map(), pools: new Map() };
  const prices = await db
    .selectFrom('prices')
    .selectAll()
    .where('event_id', 'in', eventIds)
    .orderBy('price', 'desc')
    .orderBy('grade')
    .execute();
  const pools = await db
    .selectFrom('pools')
    .selectAll()
    .where('event_id', 'in', eventIds)
    .orderBy('position')
    .execute();
  return {
    prices: Map.groupBy(prices, (price) => price.event_id),
    pools: Map.groupBy(pools, (pool) => pool.event_id),
  };
}
