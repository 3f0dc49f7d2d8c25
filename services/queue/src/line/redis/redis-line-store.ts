import type { Logger } from '@urr/platform/logger.ts';
import type { Redis } from '@urr/platform/redis/redis.ts';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { QueueTables } from '../../tables.ts';
import type { LineStore } from '../line-store.ts';
import { createDrawsPart } from './draws.ts';
import { KeptLines } from './kept-lines.ts';
import { createPlacesPart } from './places.ts';
import { createSalesPart } from './sales.ts';

/** What the line store of the scale-out profile is made of. */
export interface RedisLineStoreDeps {
  readonly pool: pg.Pool;
  readonly db: Kysely<QueueTables>;
  readonly redis: Redis;
  readonly logger: Logger;
  /** Milliseconds a request waits for Redis, or for a line to be loaded again; 4,000 when absent. */
  readonly patienceMs?: number;
}

const usualPatienceMs = 4_000;

/** The line store of the scale-out profile: Redis decides, PostgreSQL keeps the log a line is loaded from again. */
export function createRedisLineStore(deps: RedisLineStoreDeps): LineStore {
  const { pool, redis, logger, patienceMs = usualPatienceMs } = deps;
  const lines = new KeptLines({ pool, redis, logger, patienceMs });
  const parts = { ...deps, lines };
  return { ...createSalesPart(parts), ...createPlacesPart(parts), ...createDrawsPart({ lines, pool }) };
}
