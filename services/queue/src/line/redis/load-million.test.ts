import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { accounts, joinMany, opened } from '../conformance/line-under-test.ts';
import { createStoreWorld } from './line-store.fixture.ts';

const people = 1_000_000;

test(
  'a line of a million that Redis forgot is back within ten seconds, by itself',
  { skip: redisSkip() },
  async (context) => {
    const redis = await startRedis();
    const world = await createStoreWorld(redis.environment);
    context.after(async () => {
      await world.close();
      await redis.stop();
    });
    const { store } = await world.replica({ patienceMs: 30_000 });
    const eventId = await opened(store);
    const [known = '', ...others] = accounts(3);
    await joinMany(store, eventId, [known, ...others]);
    await world.database.pool.query(
      `INSERT INTO places (event_id, arrival, account_id, joined_at)
     SELECT $1, n, gen_random_uuid(), clock_timestamp() FROM generate_series(4, $2::bigint) AS n`,
      [eventId, people],
    );
    await world.database.pool.query('UPDATE sales SET issued = $2 WHERE event_id = $1', [eventId, people]);
    await redis.ask('FLUSHALL');
    const startedAt = performance.now();
    const join = async (accountId: string) => {
      const answer = await store.join(eventId, [{ accountId, receiptArrival: null }], null);
      return answer.kind === 'joined' ? answer.arrivals[0] : undefined;
    };
    assert.equal(await join(known), 1);
    const seconds = (performance.now() - startedAt) / 1000;
    context.diagnostic(`loaded in ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 10, `${seconds} s`);
    assert.equal(await join(randomUUID()), people + 1);
  },
);
