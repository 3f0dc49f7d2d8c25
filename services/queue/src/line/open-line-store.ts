import type { Database } from '@urr/platform/database.ts';
import type { ReadinessCheck } from '@urr/platform/health.ts';
import type { Logger } from '@urr/platform/logger.ts';
import { openConfiguredRedis } from '@urr/platform/redis/configured-redis.ts';
import type { RedisConfig } from '@urr/platform/redis/redis-variables.ts';
import type { QueueTables } from '../tables.ts';
import type { LineStore } from './line-store.ts';
import { createPostgresLineStore, keepLinesHere } from './postgres/postgres-line-store.ts';

/** The line store of a configuration, and what goes with it. */
export interface OpenLineStore {
  readonly store: LineStore;
  readonly readiness: readonly ReadinessCheck[];
  /** Done at start and once an hour. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** Lines are kept in Redis where one is configured, else in PostgreSQL. */
export async function openLineStore(
  config: RedisConfig,
  { pool, db }: Database<QueueTables>,
  logger: Logger,
): Promise<OpenLineStore> {
  const redis = await openConfiguredRedis(config, logger);
  if (redis === undefined) {
    const store = createPostgresLineStore({ pool, db });
    return { store, readiness: [], tidy: () => keepLinesHere(pool), close: async () => {} };
  }
  const { createRedisLineStore } = await import('./redis/redis-line-store.ts');
  return {
    store: createRedisLineStore({ pool, db, redis, logger }),
    // What is answered from memory goes on without Redis.
    readiness: [{ name: 'redis', check: () => redis.ping(), isVital: false }],
    tidy: async () => {},
    close: () => redis.close(),
  };
}
