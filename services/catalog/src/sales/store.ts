import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from '../tables.ts';

/** A sale as queue-service runs it, without its stock. */
export interface RunningSale {
  readonly id: string;
  readonly owner_id: string;
  readonly sale_opens_at: Date;
  readonly sale_ends_at: Date;
  readonly lobby_minutes: number;
  readonly capacity: number;
  readonly rate_per_second: number;
  readonly threshold: number;
  readonly slot_seconds: number;
  readonly state: 'draft' | 'published' | 'cancelled';
}

const mostSales = 2_000;

/** Sales that have not ended and whose places ticket-service has: without places there is nothing to queue for. */
export async function readRunningSales(db: Kysely<CatalogTables>): Promise<RunningSale[]> {
  return db
    .selectFrom('events')
    .innerJoin('pushes', 'pushes.event_id', 'events.id')
    .select(['id', 'owner_id', 'sale_opens_at', 'sale_ends_at', 'lobby_minutes', 'state'])
    .select(['capacity', 'rate_per_second', 'threshold', 'slot_seconds'])
    .where('published_at', 'is not', null)
    .where('sale_ends_at', '>', sql<Date>`clock_timestamp()`)
    .where('pushed_version', '>', 0)
    .orderBy('sale_ends_at')
    .limit(mostSales)
    .execute();
}
