import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { accounts, joinMany, opened, tick } from '../line/conformance/line-under-test.ts';
import type { LineStore, NumberedPlace } from '../line/line-store.ts';
import { createStoreWorld, type StoreWorld } from '../line/redis/line-store.fixture.ts';
import { unguardLog } from './unguarded-log.fixture.ts';

/** Grants that broke a bound in force when they were made; from the rows alone. */
async function violations(world: StoreWorld, eventId: string): Promise<{ capacity: number; second: number }> {
  const { rows } = await world.database.pool.query<{ capacity: number; second: number }>(
    `SELECT count(*) FILTER (WHERE inside > capacity)::int AS capacity, count(*) FILTER (WHERE in_second > rate)::int AS second
     FROM (SELECT g.capacity, g.rate,
         (SELECT count(*) FROM slots o WHERE o.event_id = g.event_id AND (o.granted_at, o.arrival) <= (g.granted_at, g.arrival)
            AND coalesce(o.released_at, o.ends_at) > g.granted_at) AS inside,
         (SELECT count(*) FROM slots o WHERE o.event_id = g.event_id
            AND o.granted_at BETWEEN g.granted_at - interval '1 second' AND g.granted_at) AS in_second
       FROM slots g WHERE g.event_id = $1) AS grants`,
    [eventId],
  );
  return rows[0] ?? assert.fail();
}

async function admitted(
  store: LineStore,
  eventId: string,
  people: readonly NumberedPlace[],
): Promise<number> {
  const outcomes = await store.enter(eventId, people, null);
  return outcomes.filter(({ kind }) => kind === 'admitted').length;
}

void describe('admissions keep their bounds when Redis goes back', { skip: redisSkip() }, () => {
  let redis: TestRedis;
  let world: StoreWorld;
  before(async () => {
    redis = await startRedis();
    world = await createStoreWorld(redis.environment);
  });
  after(async () => {
    await world.close();
    await redis.stop();
  });

  /** Everything after `remembered` is lost, as in a failover to a replica that lagged behind. */
  async function goBack(remembered: () => Promise<void>, lost: () => Promise<void>): Promise<void> {
    await remembered();
    await redis.ask('SAVE');
    await lost();
    await redis.kill();
    await redis.restart();
  }

  async function everybodyCalled(store: LineStore, eventId: string, count: number): Promise<void> {
    await waitUntil(
      async () => {
        await store.advance(eventId, null);
        return (await store.readSale(eventId))?.serving === count;
      },
      { what: 'everybody to be called' },
    );
  }

  /** Two are let in, then a third whom Redis forgets; when the third's window is over, a replica that knows nothing asks. */
  async function fillForgetfully(): Promise<string> {
    const { store } = await world.replica();
    const eventId = await opened(store, { capacity: 3, ratePerSecond: 1000, claimSeconds: 1 });
    const people = await joinMany(store, eventId, accounts(8));
    await everybodyCalled(store, eventId, 3);
    await goBack(
      async () => assert.equal(await admitted(store, eventId, people.slice(0, 2)), 2),
      async () => assert.equal(await admitted(store, eventId, people.slice(2, 3)), 1),
    );
    await sleep(1_100);
    const { store: newcomer } = await world.replica();
    for (const asking of [newcomer, store]) {
      await tick(asking, eventId);
      await admitted(asking, eventId, people.slice(3));
    }
    return eventId;
  }

  void test('the capacity, though grants were forgotten', async () => {
    assert.deepEqual(await violations(world, await fillForgetfully()), { capacity: 0, second: 0 });
  });

  void test('the rate of a second, though its grants were forgotten', async () => {
    const { store } = await world.replica();
    const eventId = await opened(store, { capacity: 100, ratePerSecond: 4 });
    const people = await joinMany(store, eventId, accounts(8));
    await everybodyCalled(store, eventId, 8);
    await goBack(
      async () => assert.equal(await admitted(store, eventId, people.slice(0, 1)), 1),
      async () => assert.equal(await admitted(store, eventId, people.slice(1, 4)), 3),
    );
    const { store: newcomer } = await world.replica();
    await Promise.all([
      admitted(newcomer, eventId, people.slice(4, 6)),
      admitted(store, eventId, people.slice(6)),
    ]);
    assert.deepEqual(await violations(world, eventId), { capacity: 0, second: 0 });
  });

  void test('whoever was let in stays let in, with the same slot', async () => {
    const { store } = await world.replica();
    const eventId = await opened(store, { threshold: 20, capacity: 2 });
    const people = await joinMany(store, eventId, accounts(2));
    const slots: unknown[] = [];
    await goBack(
      async () => {},
      async () => void slots.push(...(await store.enter(eventId, people, null))),
    );
    const again = await store.enter(eventId, people, null);
    assert.deepEqual(
      again,
      slots.map((slot) => ({ ...(slot as object), isNew: false })),
    );
  });

  void test('two nodes that both believe to be the master', async () => {
    const twin = await startRedis();
    const { store: one } = await world.replica();
    const { store: other } = await world.replica({ environment: twin.environment });
    const eventId = await opened(one, { capacity: 5, ratePerSecond: 1000, threshold: 1000, slotSeconds: 1 });
    const told = new Map<string, number>();
    const crowd = async (store: LineStore) => {
      for (let round = 0; round < 12; round += 1) {
        const people = await joinMany(store, eventId, accounts(2));
        for (const { accountId, arrival } of people) told.set(accountId, arrival);
        await tick(store, eventId);
        await store.enter(eventId, people, null);
      }
    };
    await Promise.all([crowd(one), crowd(other)]);
    assert.equal(new Set(told.values()).size, 48, 'an arrival was given twice');
    const { rows } = await world.database.pool.query<{ account_id: string; arrival: number }>(
      'SELECT account_id, arrival FROM places WHERE event_id = $1',
      [eventId],
    );
    assert.deepEqual(new Map(rows.map((row) => [row.account_id, row.arrival])).size, told.size);
    for (const { account_id: accountId, arrival } of rows) assert.equal(told.get(accountId), arrival);
    assert.deepEqual(await violations(world, eventId), { capacity: 0, second: 0 });
    await twin.stop();
  });

  void test('negative control: a log that believes every step lets one too many in', async () => {
    const guard = await unguardLog(world.database.pool, 'believes');
    assert.ok((await violations(world, await fillForgetfully())).capacity > 0);
    await guard.restore();
  });
});
