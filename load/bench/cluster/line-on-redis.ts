import { randomBytes, randomUUID } from 'node:crypto';
import { readConfig } from '@urr/platform/config.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { openRedis } from '@urr/platform/redis/open-redis.ts';
import { redisVariables } from '@urr/platform/redis/redis-variables.ts';
import { Secret } from '@urr/platform/secret.ts';
import type { LineSchedule, LineStore } from '@urr/queue-service/line/line-store.ts';
import { createRedisLineStore } from '@urr/queue-service/line/redis/redis-line-store.ts';
import type { QueueTables } from '@urr/queue-service/tables.ts';
import { Type } from 'typebox';

/** Of two replicas. */
type Stores = readonly [LineStore, LineStore];

/** A line kept in Redis and logged in PostgreSQL, worked on by two replicas in groups as the service's group commit makes them. */
export interface LineOnRedis {
  /** Joins of new accounts a second. */
  measureJoins(): Promise<number>;
  /** Claims a second by people who were called. */
  measureClaims(): Promise<number>;
  close(): Promise<void>;
}

const joinGroup = 256;
const claimGroup = 128;
const durationMs = 2_000;
const claimants = 40_000;
const plenty = 1_000_000;

/** Opens the store of queue-service over an engine and a database. */
export async function openLineOnRedis(
  environment: Readonly<Record<string, string>>,
  databaseUrl: string,
): Promise<LineOnRedis> {
  const logger = createLogger('bench', 'warn');
  const openReplica = async () => {
    const database = openDatabase<QueueTables>({ url: new Secret(databaseUrl), poolSize: 6, logger });
    const redis = await openRedis(readConfig(Type.Object(redisVariables), environment), logger);
    return { store: createRedisLineStore({ ...database, redis, logger }), redis, database };
  };
  const replicas = [await openReplica(), await openReplica()] as const;
  const stores: Stores = [replicas[0].store, replicas[1].store];
  return {
    measureJoins: () => measureJoins(stores),
    measureClaims: () => measureClaims(stores),
    close: async () => {
      for (const { redis, database } of replicas) {
        await redis.close();
        await database.close();
      }
    },
  };
}

async function measureJoins(stores: Stores): Promise<number> {
  const [first] = stores;
  const eventId = await openSale(first, 0);
  const startedAt = performance.now();
  let joined = 0;
  const work = async (store: LineStore) => {
    while (performance.now() - startedAt < durationMs) {
      await join(store, eventId, newAccounts(joinGroup));
      joined += joinGroup;
    }
  };
  await Promise.all(stores.map(work));
  return (joined * 1_000) / (performance.now() - startedAt);
}

async function measureClaims(stores: Stores): Promise<number> {
  const [first] = stores;
  const eventId = await openSale(first, plenty);
  const called: { accountId: string; arrival: number; number: number }[] = [];
  while (called.length < claimants) {
    const accounts = newAccounts(joinGroup);
    const arrivals = await join(first, eventId, accounts);
    called.push(
      ...accounts.map((accountId, index) => {
        const arrival = arrivals[index] ?? 0;
        return { accountId, arrival, number: arrival };
      }),
    );
  }
  const startedAt = performance.now();
  let claimed = 0;
  const work = async (store: LineStore) => {
    while (performance.now() - startedAt < durationMs && claimed + claimGroup <= called.length) {
      const group = called.slice(claimed, claimed + claimGroup);
      claimed += claimGroup;
      const outcomes = await store.enter(eventId, group, null);
      if (!outcomes.every(({ kind }) => kind === 'admitted')) throw new Error('A claim was refused');
    }
  };
  await Promise.all(stores.map(work));
  return (claimed * 1_000) / (performance.now() - startedAt);
}

async function openSale(store: LineStore, threshold: number): Promise<string> {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
  const schedule: LineSchedule = {
    eventId: randomUUID(),
    ownerId: randomUUID(),
    lobbyOpensAt: at(-60),
    opensAt: at(-1),
    endsAt: at(86_400),
    capacity: plenty,
    ratePerSecond: plenty,
    threshold,
    slotSeconds: 600,
    claimSeconds: 60,
    isCancelled: false,
    isSoldOut: false,
    secret: randomBytes(32),
    leafKey: randomBytes(32),
  };
  await store.saveSchedules([schedule]);
  return schedule.eventId;
}

async function join(store: LineStore, eventId: string, accounts: readonly string[]) {
  const people = accounts.map((accountId) => ({ accountId, receiptArrival: null }));
  const outcome = await store.join(eventId, people, null);
  if (outcome.kind !== 'joined') throw new Error(`Nobody may join: ${outcome.kind}`);
  return outcome.arrivals;
}

function newAccounts(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}
