import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createLogger } from '@urr/platform/logger.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import type pg from 'pg';
import { accounts, joinMany, kinds, opened, saleOf } from '../conformance/line-under-test.ts';
import type { LineStore } from '../line-store.ts';
import { createStoreWorld, type StoreReplica, type StoreWorld } from './line-store.fixture.ts';
import { createRedisLineStore } from './redis-line-store.ts';

void describe('between deciding and logging', { skip: redisSkip() }, () => {
  let redis: TestRedis;
  let world: StoreWorld;
  let healthy: StoreReplica;
  before(async () => {
    redis = await startRedis();
    world = await createStoreWorld(redis.environment);
    healthy = await world.replica();
  });
  after(async () => {
    await world.close();
    await redis.stop();
  });

  /** A replica that dies after Redis decided and before PostgreSQL was told. */
  async function doomed(): Promise<LineStore> {
    const { database, redis: client } = await world.replica();
    const pool = new Proxy(database.pool, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name, target) as unknown;
        return (query: { text?: string }, values?: unknown[]) =>
          query.text?.includes('record_line_steps') === true
            ? Promise.reject(new Error('cut off'))
            : (target.query as (...given: unknown[]) => unknown).call(target, query, values);
      },
    }) as pg.Pool;
    const logger = createLogger('test', 'silent');
    return createRedisLineStore({ pool, db: database.db, redis: client, logger, patienceMs: 500 });
  }

  async function loggedPlaces(eventId: string): Promise<number> {
    const { rows } = await world.database.pool.query<{ places: number }>(
      'SELECT count(*)::int AS places FROM places WHERE event_id = $1',
      [eventId],
    );
    return rows[0]?.places ?? -1;
  }

  const join = (store: LineStore, eventId: string, accountId: string) =>
    store.join(eventId, [{ accountId, receiptArrival: null }], null);

  void test('a place that nobody was told of is logged by whoever tells of it', async () => {
    const eventId = await opened(healthy.store);
    const [accountId = ''] = accounts(1);
    await assert.rejects(join(await doomed(), eventId, accountId), /cut off/);
    assert.equal(await loggedPlaces(eventId), 0);
    const [place] = await healthy.store.findPlaces(eventId, [accountId]);
    assert.equal(place?.arrival, 1);
    assert.equal(await loggedPlaces(eventId), 1);
    const again = await join(healthy.store, eventId, accountId);
    assert.deepEqual(again.kind === 'joined' && again.arrivals, [1]);
  });

  void test('a slot that nobody was told of is told as it was granted', async () => {
    const eventId = await opened(healthy.store, { threshold: 5 });
    const places = await joinMany(healthy.store, eventId, accounts(1));
    await assert.rejects((await doomed()).enter(eventId, places, null), /cut off/);
    assert.deepEqual(await kinds(healthy.store, eventId, places), ['admitted']);
    assert.equal((await saleOf(healthy.store, eventId)).active, 1);
  });

  void test('a message that was taken but not logged frees its slot once', async () => {
    const eventId = await opened(healthy.store, { threshold: 5 });
    const [place] = await joinMany(healthy.store, eventId, accounts(1));
    if (place === undefined) return assert.fail();
    await healthy.store.enter(eventId, [place], null);
    const message = randomUUID();
    await assert.rejects(
      (await doomed()).releaseSlots(eventId, [{ messageId: message, accountId: place.accountId }]),
      /cut off/,
    );
    await healthy.store.releaseSlots(eventId, [{ messageId: message, accountId: place.accountId }]);
    const { rows } = await world.database.pool.query('SELECT FROM consumed_events WHERE event_id = $1', [
      message,
    ]);
    assert.equal(rows.length, 1);
    const { rows: outbox } = await world.database.pool.query(
      `SELECT FROM outbox WHERE data ->> 'eventId' = $1`,
      [eventId],
    );
    assert.equal(outbox.length, 1);
  });

  void test('steps that cannot be logged pile up to a bound, and then the line stands still', async () => {
    const eventId = await opened(healthy.store);
    const store = await doomed();
    const people = accounts(70);
    for (const accountId of people) await assert.rejects(join(store, eventId, accountId));
    const [key = ''] = (await redis.ask('KEYS', `urr:line:{${eventId}}:*:unlogged`)) as string[];
    assert.equal(await redis.ask('LLEN', key), 64);
    const last = await join(healthy.store, eventId, people[69] ?? '');
    assert.deepEqual(last.kind === 'joined' && last.arrivals, [65]);
    assert.equal(await loggedPlaces(eventId), 65);
  });

  void test('a lobby is drawn only over what is logged', async () => {
    const eventId = await opened(healthy.store, { opensIn: 0.3 });
    const members = accounts(2);
    await joinMany(healthy.store, eventId, members.slice(0, 1));
    await assert.rejects(join(await doomed(), eventId, members[1] ?? ''));
    await new Promise((resolve) => setTimeout(resolve, 350));
    await assert.rejects((await doomed()).advance(eventId, null), /cut off/);
    const roster = await healthy.store.readRoster(eventId, 0, 2);
    assert.equal(roster.toString('hex'), members.map((id) => id.replaceAll('-', '')).join(''));
  });

  void test('a draw over another size than the frozen one does not stand', async () => {
    const eventId = await opened(healthy.store, { opensIn: 0.2 });
    await joinMany(healthy.store, eventId, accounts(2));
    await new Promise((resolve) => setTimeout(resolve, 250));
    await healthy.store.advance(eventId, null);
    const record = { rosterRoot: Buffer.alloc(32, 1), chunkRoots: Buffer.alloc(32, 1), holes: [] };
    assert.equal(await healthy.store.recordDraw(eventId, { ...record, lobbySize: 1 }), false);
    assert.equal(await healthy.store.recordDraw(eventId, { ...record, lobbySize: 2 }), true);
  });

  void test('polls of a place and of a line leave PostgreSQL alone', async () => {
    const { store, database } = await world.replica();
    const eventId = await opened(store);
    const [place] = await joinMany(store, eventId, accounts(1));
    await saleOf(store, eventId);
    let queries = 0;
    const query = database.pool.query.bind(database.pool);
    database.pool.query = ((...given: unknown[]) => {
      queries += 1;
      return (query as (...given: unknown[]) => unknown)(...given);
    }) as typeof query;
    for (let poll = 0; poll < 20; poll += 1) {
      await store.findPlaces(eventId, [place?.accountId ?? '']);
      await saleOf(store, eventId);
    }
    assert.equal(queries, 0);
  });

  void test('a slow log after a loss is waited for: trouble ends when Redis answers', async () => {
    const { store, redis: client } = await world.replica({ patienceMs: 1_500 });
    const eventId = await opened(store);
    const { pool } = world.database;
    await pool.query('ALTER FUNCTION record_line_steps RENAME TO record_line_steps_at_once');
    await pool.query(
      `CREATE FUNCTION record_line_steps(uuid, bigint, jsonb) RETURNS text LANGUAGE sql AS $$
         SELECT pg_sleep(1.1); SELECT record_line_steps_at_once($1, $2, $3) $$`,
    );
    await redis.kill();
    await assert.rejects(join(store, eventId, randomUUID()), { code: 'upstream-unavailable' });
    await redis.restart();
    const isBack = () =>
      client.ping().then(
        () => true,
        () => false,
      );
    await waitUntil(isBack, { what: 'the replica to reach Redis' });
    for (let time = 0; time < 2; time += 1)
      assert.equal((await join(store, eventId, randomUUID())).kind, 'joined');
    await pool.query('DROP FUNCTION record_line_steps');
    await pool.query('ALTER FUNCTION record_line_steps_at_once RENAME TO record_line_steps');
  });

  void test('a line that cannot be asked is refused in bounded time, and sooner by those who come later', async () => {
    const { store } = await world.replica({ patienceMs: 600 });
    const eventId = await opened(store);
    await redis.kill();
    const timed = async () => {
      const startedAt = performance.now();
      await assert.rejects(join(store, eventId, randomUUID()), { code: 'upstream-unavailable' });
      return performance.now() - startedAt;
    };
    const [first, second] = [await timed(), await timed()];
    assert.ok(first > 400 && first < 1_500, `${first} ms`);
    assert.ok(second < 400, `${second} ms`);
    await redis.restart();
    const healed = await healthy.store.readSale(eventId);
    assert.equal(healed?.issued, 0);
  });
});
