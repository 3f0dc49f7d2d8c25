import { type Database, openDatabase } from '@urr/platform/database.ts';
import { readConfig } from '@urr/platform/config.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { openRedis } from '@urr/platform/redis/open-redis.ts';
import type { Redis } from '@urr/platform/redis/redis.ts';
import { redisVariables } from '@urr/platform/redis/redis-variables.ts';
import { Secret } from '@urr/platform/secret.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import { Type } from 'typebox';
import { queueService } from '../../service.ts';
import type { QueueTables } from '../../tables.ts';
import type { LineStore } from '../line-store.ts';
import { createRedisLineStore } from './redis-line-store.ts';

/** One replica's line store over an engine and a database that others may share. */
export interface StoreReplica {
  readonly store: LineStore;
  readonly redis: Redis;
  readonly database: Database<QueueTables>;
  close(): Promise<void>;
}

/** How a replica differs from the others. */
export interface ReplicaOptions {
  readonly patienceMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A database of its own and as many replicas as a test asks for. */
export interface StoreWorld {
  readonly url: string;
  readonly database: Database<QueueTables>;
  /** Another replica, at this Redis unless `environment` names another. */
  replica(options?: ReplicaOptions): Promise<StoreReplica>;
  close(): Promise<void>;
}

/** Makes a world around a running Redis, found by `environment`. */
export async function createStoreWorld(usual: Readonly<Record<string, string>>): Promise<StoreWorld> {
  const testDatabase = await createTestDatabase({ migrations: queueService.migrations ?? '' });
  const logger = createLogger('test', 'silent');
  const open = () => openDatabase<QueueTables>({ url: new Secret(testDatabase.url), poolSize: 6, logger });
  const database = open();
  const replicas: StoreReplica[] = [];
  const replica = async ({
    patienceMs = 10_000,
    environment = usual,
  }: ReplicaOptions = {}): Promise<StoreReplica> => {
    const own = open();
    const redis = await openRedis(readConfig(Type.Object(redisVariables), environment), logger);
    const store = createRedisLineStore({ ...own, redis, logger, patienceMs });
    const made = {
      store,
      redis,
      database: own,
      close: () => Promise.all([redis.close(), own.close()]).then(() => {}),
    };
    replicas.push(made);
    return made;
  };
  return {
    url: testDatabase.url,
    database,
    replica,
    close: async () => {
      await Promise.all(replicas.map((one) => one.close()));
      await database.close();
      await testDatabase.drop();
    },
  };
}
