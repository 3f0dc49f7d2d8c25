import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from '@urr/platform/redis/redis.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { performDraw } from '../../draw/perform-draw.ts';
import { drawKey, drawOrder } from '../../draw/permutation.ts';
import {
  accounts,
  joinMany,
  kinds,
  lineSchedule,
  opened,
  saleOf,
  tick,
} from '../conformance/line-under-test.ts';
import type { LineStore, Sale } from '../line-store.ts';
import { createStoreWorld, type StoreReplica, type StoreWorld } from './line-store.fixture.ts';
import { loadLine } from './load-line.ts';

void describe('a line that Redis lost is loaded from the log', { skip: redisSkip() }, () => {
  let redis: TestRedis;
  let world: StoreWorld;
  let replicas: readonly [StoreReplica, StoreReplica];
  before(async () => {
    redis = await startRedis();
    world = await createStoreWorld(redis.environment);
    replicas = [await world.replica(), await world.replica()];
  });
  after(async () => {
    await world.close();
    await redis.stop();
  });

  async function incarnation(eventId: string): Promise<number> {
    const { rows } = await world.database.pool.query<{ incarnation: number }>(
      'SELECT incarnation FROM sales WHERE event_id = $1',
      [eventId],
    );
    return rows[0]?.incarnation ?? -1;
  }

  async function picture(store: LineStore, eventId: string, people: readonly string[]) {
    const { seenAt: _, secondsToLobby: __, ...sale }: Sale = await saleOf(store, eventId);
    const places = await store.findPlaces(eventId, people);
    return { sale, places, figures: await store.readFigures(eventId) };
  }

  void test('places, slots, calls, holes and who came back are what they were', async () => {
    const { store } = replicas[0];
    const eventId = await opened(store, { capacity: 4 });
    const people = await joinMany(store, eventId, accounts(12));
    const [first, second, third, fourth, , , seventh] = people;
    if (!first || !second || !third || !fourth || !seventh) return assert.fail();
    await tick(store, eventId);
    assert.deepEqual(await kinds(store, eventId, [first, second, third]), Array(3).fill('admitted'));
    await store.leave(eventId, first.accountId, first.arrival, first.number);
    await store.releaseSlots(eventId, [{ messageId: randomUUID(), accountId: second.accountId }]);
    await store.leave(eventId, seventh.accountId, seventh.arrival, seventh.number);
    const [again] = await joinMany(store, eventId, [first.accountId]);
    await tick(store, eventId);
    const everybody = people.map(({ accountId }) => accountId);
    const before_ = await picture(store, eventId, everybody);
    await redis.flush();
    assert.deepEqual(await picture(store, eventId, everybody), before_);
    // What shows only later: the hole is skipped, the way back is counted, a slot that ended stays ended.
    for (const place of [third, fourth])
      await store.leave(eventId, place.accountId, place.arrival, place.number);
    for (let ticks = 0; ticks < 3; ticks += 1) await tick(store, eventId);
    assert.equal((await saleOf(store, eventId)).serving, 9, 'four are inside or called, and 7 is nobody');
    assert.deepEqual(await kinds(store, eventId, [second]), ['used']);
    await store.changeSettings(
      eventId,
      { accountId: randomUUID(), action: 'line.capacity', requestId: 'test' },
      (sale) => ({ ...sale, capacity: 50 }),
    );
    for (let ticks = 0; ticks < 3; ticks += 1) await tick(store, eventId);
    const [slot] = await store.enter(eventId, again === undefined ? [] : [again], null);
    assert.ok(slot?.kind === 'admitted' && slot.admission === 2);
  });

  void test('a lobby is drawn over the same roster, and its order stays', async () => {
    const { store } = replicas[0];
    const schedule = lineSchedule({ opensIn: 0.4, capacity: 2 });
    const { eventId } = schedule;
    await store.saveSchedules([schedule]);
    const lobby = accounts(6);
    await joinMany(store, eventId, lobby);
    await store.leave(eventId, lobby[2] ?? '', 3, null);
    await redis.flush();
    await sleep(450);
    await store.advance(eventId, null);
    await redis.flush();
    const frozen = await saleOf(store, eventId);
    assert.deepEqual([frozen.phase, frozen.lobbySize], ['drawing', 6]);
    await redis.flush();
    assert.equal(await performDraw(store, { ...frozen, lobbySize: 6 }), true);
    await redis.flush();
    const { rosterRoot, secret, phase } = await saleOf(replicas[1].store, eventId);
    assert.equal(phase, 'open');
    const order = drawOrder(drawKey(secret, rosterRoot ?? Buffer.alloc(0)), 6);
    const places = lobby
      .map((accountId, index) => ({ accountId, arrival: index + 1, number: order(index) + 1 }))
      .filter((_, index) => index !== 2)
      .sort((one, other) => one.number - other.number);
    for (let ticks = 0; ticks < 2; ticks += 1) await tick(store, eventId);
    assert.deepEqual(await kinds(replicas[1].store, eventId, places.slice(0, 3)), [
      'admitted',
      'admitted',
      'not-yet',
    ]);
    const late = await joinMany(store, eventId, accounts(1));
    assert.equal(late[0]?.number, 7);
  });

  void test('the second in which people were let in, and what checkout bears, go on counting', async () => {
    const { store } = replicas[0];
    const eventId = await opened(store, { ratePerSecond: 3, threshold: 100, capacity: 100 });
    const people = await joinMany(store, eventId, accounts(8));
    assert.deepEqual(await kinds(store, eventId, people.slice(0, 2), 2), ['admitted', 'admitted']);
    await redis.flush();
    assert.deepEqual(await kinds(store, eventId, people.slice(2, 3), 2), ['not-yet']);
    await joinMany(store, eventId, accounts(1));
    assert.equal((await saleOf(store, eventId)).serving, 3, 'nobody more is called within the second');
    assert.deepEqual(await kinds(store, eventId, people.slice(2, 3)), ['admitted']);
    assert.deepEqual(await kinds(store, eventId, people.slice(3, 4)), ['not-yet']);
  });

  void test('by one replica, however many miss it', async () => {
    const eventId = await opened(replicas[0].store);
    await joinMany(replicas[0].store, eventId, accounts(3));
    await joinMany(replicas[1].store, eventId, accounts(3));
    await redis.flush();
    const looks = replicas.flatMap(({ store }) => [saleOf(store, eventId), saleOf(store, eventId)]);
    assert.deepEqual(
      (await Promise.all(looks)).map(({ issued }) => issued),
      [6, 6, 6, 6],
    );
    const { rows } = await world.database.pool.query<{ last: number }>(
      'SELECT last_value AS last FROM line_incarnations',
    );
    assert.equal(rows[0]?.last, await incarnation(eventId));
  });

  void test('a load that is broken off is never live, and goes by itself', async () => {
    const { store, redis: client, database } = replicas[0];
    const eventId = await opened(store);
    const people = await joinMany(store, eventId, accounts(3));
    const live = await incarnation(eventId);
    const failing: Redis = {
      ...client,
      run: (script, ...rest) =>
        script.name === 'publish.lua' ? Promise.reject(new Error('cut off')) : client.run(script, ...rest),
    };
    await assert.rejects(loadLine({ pool: database.pool, redis: failing }, eventId, live), /cut off/);
    assert.equal(await incarnation(eventId), live);
    const keys = (await redis.ask('KEYS', `urr:line:{${eventId}}:*:places`)) as string[];
    const left = await Promise.all(keys.map(async (key) => [key, Number(await redis.ask('TTL', key))]));
    assert.equal(left.length, 2);
    for (const [key, ttl] of left)
      assert.equal(Number(ttl) > 0, !String(key).includes(`:${live}:`), `${key} lives ${ttl} s`);
    const found = await store.findPlaces(
      eventId,
      people.map(({ accountId }) => accountId),
    );
    assert.deepEqual(
      found.map((place) => place?.arrival),
      [1, 2, 3],
    );
  });

  void test('what was there before is thrown away', async () => {
    const { store, redis: client, database } = replicas[0];
    const eventId = await opened(store);
    await joinMany(store, eventId, accounts(3));
    await loadLine({ pool: database.pool, redis: client }, eventId, await incarnation(eventId));
    assert.equal((await saleOf(store, eventId)).issued, 3);
    const keys = (await redis.ask('KEYS', `urr:line:{${eventId}}:*`)) as string[];
    const ours = `:${await incarnation(eventId)}:`;
    assert.ok(keys.length > 0 && keys.every((key) => key.includes(ours)), keys.join());
  });
});
