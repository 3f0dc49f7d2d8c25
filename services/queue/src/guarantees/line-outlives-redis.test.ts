import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { call, createFan, createWorld, type Fan, post, type Replica, type World } from '../queue.fixture.ts';
import { unguardLog } from './unguarded-log.fixture.ts';

interface Acknowledged {
  readonly fan: Fan;
  readonly number: number;
  entryToken?: string;
}

void describe('a place acknowledged outlives the memory of Redis', { skip: redisSkip() }, () => {
  let redis: TestRedis;
  let world: World;
  let replicas: readonly [Replica, Replica];
  before(async () => {
    redis = await startRedis();
    world = await createWorld(redis.environment);
    replicas = [await world.startReplica(), await world.startReplica()];
  });
  after(async () => {
    await world.close();
    await redis.stop();
  });

  // A refusal is an answer: whoever gets one asks again. Anything but a refusal that says so is a fault.
  async function insist<Body>(path: string, fan: Fan): Promise<Body> {
    const until = Date.now() + 15_000;
    let last = '';
    for (let attempt = 0; Date.now() < until; attempt += 1) {
      const replica = replicas[attempt % 2 === 0 ? 0 : 1];
      const { status, body } = await post<Body & { code?: string }>(replica, path, fan);
      if (status === 200) return body;
      assert.ok(status === 503 || isToWait(body.code), `${status} ${JSON.stringify(body)}`);
      last = JSON.stringify(body);
      await sleep(20);
    }
    assert.fail(`${path} was refused for 15 s: ${last}`);
  }

  async function attend(eventId: string, known: Acknowledged[], isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const fan = createFan();
      const place = await insist<Place>(`${eventId}/join`, fan);
      const mine: Acknowledged = { fan, number: place.number ?? assert.fail('no number') };
      known.push(mine);
      if (known.length % 3 === 0)
        mine.entryToken = (await insist<{ entryToken: string }>(`${eventId}/enter`, fan)).entryToken;
    }
  }

  async function assertKept(eventId: string, known: readonly Acknowledged[]): Promise<number> {
    let lost = 0;
    for (const { fan, number, entryToken } of known) {
      const mine = await call<Place>(replicas[0], `${eventId}/me`, { fan });
      if (mine.body.number !== number) lost += 1;
      if (entryToken === undefined) continue;
      const again = await post<{ entryToken: string }>(replicas[1], `${eventId}/enter`, fan);
      if (again.body.entryToken !== entryToken) lost += 1;
    }
    return lost;
  }

  async function crowded(harm: () => Promise<void>): Promise<{ eventId: string; known: Acknowledged[] }> {
    const eventId = await world.publish({ capacity: 20_000, ratePerSecond: 2_000, threshold: 5_000 });
    const known: Acknowledged[] = [];
    let isOver = false;
    const crowd = Array.from({ length: 12 }, () => attend(eventId, known, () => isOver));
    await sleep(400);
    await harm();
    await sleep(600);
    isOver = true;
    await Promise.all(crowd);
    assert.ok(known.length > 30, `only ${known.length} joined`);
    assert.equal(new Set(known.map(({ number }) => number)).size, known.length, 'a number was given twice');
    return { eventId, known };
  }

  void test('when it is flushed, again and again, while people join and enter', async () => {
    const { eventId, known } = await crowded(async () => {
      for (let time = 0; time < 3; time += 1) {
        await redis.flush();
        await sleep(150);
      }
    });
    assert.equal(await assertKept(eventId, known), 0);
  });

  void test('when its process is killed and comes back empty', async () => {
    const { eventId, known } = await crowded(async () => {
      await redis.kill();
      await sleep(200);
      await redis.restart();
    });
    assert.equal(await assertKept(eventId, known), 0);
  });

  void test('when PostgreSQL breaks off between what Redis decided and its log, and Redis is flushed then', async () => {
    const { eventId, known } = await crowded(async () => {
      for (let time = 0; time < 3; time += 1) {
        await world.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        if (time === 1) await redis.flush();
        await sleep(100);
      }
    });
    assert.equal(await assertKept(eventId, known), 0);
  });

  void test('while it is away, requests are refused in bounded time and nothing is lost', async () => {
    const eventId = await world.publish({ threshold: 50 });
    const [before_, during] = [createFan(), createFan()];
    const { number } = await insist<Place>(`${eventId}/join`, before_);
    const state = async () => (await call(replicas[0], `${eventId}/state`)).status;
    // A few ticks: what every replica has seen once, it remembers.
    await sleep(400);
    await redis.kill();
    const startedAt = performance.now();
    const refused = await post(replicas[0], `${eventId}/join`, during);
    assert.deepEqual([refused.status, refused.body['code']], [503, 'upstream-unavailable']);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.ok(performance.now() - startedAt < 6_000);
    assert.equal(await state(), 200, 'the state of the line comes from memory');
    await redis.restart();
    assert.equal((await insist<Place>(`${eventId}/join`, before_)).number, number);
    assert.equal((await insist<Place>(`${eventId}/join`, during)).number, (number ?? 0) + 1);
  });

  void test('replicas that all start while it hangs tell every line from the log, and let nobody in', async (context) => {
    context.after(() => redis.resume());
    const eventId = await world.publish({ threshold: 2, capacity: 2 });
    const fans = Array.from({ length: 4 }, () => createFan());
    const numbers: (number | null)[] = [];
    for (const fan of fans) numbers.push((await insist<Place>(`${eventId}/join`, fan)).number);
    await insist(`${eventId}/enter`, fans[0] ?? assert.fail());
    const stateOf = (replica: Replica) => call<StateDocument>(replica, `${eventId}/state`);
    await waitUntil(async () => (await stateOf(replicas[0])).body.issued === 4);
    const { phase, issued, serving, stock } = (await stateOf(replicas[0])).body;
    const slots = async () =>
      (await world.pool.query('SELECT FROM slots WHERE event_id = $1', [eventId])).rowCount;
    redis.pause();
    await Promise.all(replicas.map((replica) => replica.stop()));
    replicas = [await world.startReplica(), await world.startReplica()];
    for (const replica of replicas) {
      const isTold = async () => (await stateOf(replica)).body.stock !== undefined;
      await waitUntil(isTold, { timeoutMs: 8_000, what: 'the state of a line that was never seen' });
      const { body } = await stateOf(replica);
      assert.deepEqual(body, { ...body, phase, issued, serving, stock });
    }
    // Somebody who was called, and somebody who was not.
    for (const fan of [fans[1], fans[3]])
      assert.equal((await post(replicas[0], `${eventId}/enter`, fan ?? createFan())).status, 503);
    assert.equal((await post(replicas[1], `${eventId}/join`, createFan())).status, 503);
    assert.equal(await slots(), 1);
    redis.resume();
    for (const [index, fan] of fans.entries())
      assert.equal((await insist<Place>(`${eventId}/join`, fan)).number, numbers[index]);
    await insist(`${eventId}/enter`, fans[1] ?? assert.fail());
    assert.equal(await slots(), 2);
  });

  void test('negative control: with the log off, a flush takes the places with it', async () => {
    const guard = await unguardLog(world.pool, 'forgets');
    const eventId = await world.publish({ capacity: 2_000, ratePerSecond: 2_000, threshold: 5_000 });
    const fans = Array.from({ length: 6 }, () => createFan());
    const known: Acknowledged[] = [];
    for (const fan of fans)
      known.push({ fan, number: (await insist<Place>(`${eventId}/join`, fan)).number ?? 0 });
    await redis.flush();
    const stranger = await insist<Place>(`${eventId}/join`, createFan());
    assert.ok(
      known.some(({ number }) => number === stranger.number),
      'a number was given again',
    );
    assert.ok((await assertKept(eventId, known)) > 0);
    await guard.restore();
  });
});

// Not called yet, or nobody is before the first tick has seen that the lobby was empty.
function isToWait(code: string | undefined): boolean {
  return code === 'not-your-turn' || code === 'draw-running';
}
