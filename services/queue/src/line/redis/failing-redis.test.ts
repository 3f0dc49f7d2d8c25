import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { accounts, joinMany, opened } from '../conformance/line-under-test.ts';
import type { LineStore } from '../line-store.ts';
import { createStoreWorld, type StoreWorld } from './line-store.fixture.ts';

void describe(
  'a line on a Redis that hangs, is full or belongs to somebody else',
  { skip: redisSkip() },
  () => {
    let redis: TestRedis;
    let world: StoreWorld;
    let store: LineStore;
    before(async () => {
      redis = await startRedis();
      world = await createStoreWorld(redis.environment);
      ({ store } = await world.replica({ patienceMs: 600 }));
    });
    after(async () => {
      await world.close();
      await redis.stop();
    });

    const join = (eventId: string, accountId: string) =>
      store.join(eventId, [{ accountId, receiptArrival: null }], null);
    const joined = async (eventId: string, accountId: string) => {
      const answer = await join(eventId, accountId);
      return answer.kind === 'joined' ? answer.arrivals[0] : undefined;
    };

    async function refusedThenServed(harm: () => Promise<void> | void, mend: () => Promise<void> | void) {
      const eventId = await opened(store);
      const [before_ = '', during = ''] = accounts(2);
      assert.equal(await joined(eventId, before_), 1);
      await harm();
      const startedAt = performance.now();
      await assert.rejects(join(eventId, during), { code: 'upstream-unavailable', retryAfter: 1 });
      assert.ok(performance.now() - startedAt < 2_500, `${performance.now() - startedAt} ms`);
      await mend();
      const isBack = () =>
        joined(eventId, before_).then(
          (arrival) => arrival === 1,
          () => false,
        );
      await waitUntil(isBack, { timeoutMs: 10_000, what: 'the place to be as it was' });
      assert.equal(await joined(eventId, during), 2);
      assert.equal(await joined(eventId, before_), 1);
    }

    void test('one that hangs is refused in bounded time, and every place is as it was when it goes on', () =>
      refusedThenServed(
        () => redis.pause(),
        () => redis.resume(),
      ));

    // Without `call` of prelude.lua, Redis lets a script go on that has written before it needs room.
    void test('one that is full refuses every step before it has written anything', async () => {
      const eventId = await opened(store);
      const people = accounts(3);
      await joinMany(store, eventId, people);
      await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
      const before = await rowsOf(eventId);
      for (const accountId of accounts(6)) {
        const startedAt = performance.now();
        await assert.rejects(joined(eventId, accountId), { code: 'upstream-unavailable' });
        assert.ok(performance.now() - startedAt < 2_500, `${performance.now() - startedAt} ms`);
      }
      assert.deepEqual(await rowsOf(eventId), before);
      await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
      const late = randomUUID();
      const isServed = () =>
        joined(eventId, late).then(
          (arrival) => arrival === 4,
          () => false,
        );
      await waitUntil(isServed, { what: 'the line to go on' });
      for (const [index, accountId] of people.entries())
        assert.equal(await joined(eventId, accountId), index + 1);
    });

    async function rowsOf(eventId: string): Promise<[string, unknown][]> {
      const keys = (await redis.ask('KEYS', `urr:line:{${eventId}}*`)) as string[];
      return Promise.all(
        keys.toSorted().map(async (key) => [key, await redis.ask('DUMP', key)] satisfies [string, unknown]),
      );
    }

    void test('one that became a replica is left alone until it is a master again', () =>
      refusedThenServed(
        async () => void (await redis.ask('REPLICAOF', '127.0.0.1', '1')),
        async () => void (await redis.ask('REPLICAOF', 'NO', 'ONE')),
      ));

    void test('rows that another program wrote over ours are thrown away, and the line loaded from its log', async () => {
      const eventId = await opened(store);
      const people = accounts(3);
      await joinMany(store, eventId, people);
      const keys = (await redis.ask('KEYS', `urr:line:{${eventId}}*`)) as string[];
      assert.ok(keys.length > 1);
      for (const key of keys) await redis.ask('SET', key, 'not a line');
      for (const [index, accountId] of people.entries())
        assert.equal(await joined(eventId, accountId), index + 1);
      assert.equal(await joined(eventId, randomUUID()), 4);
    });
  },
);
