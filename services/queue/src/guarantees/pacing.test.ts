import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, createFan, type Fan, post, type Replica, shortenSlots, type World } from '../queue.fixture.ts';
import { profiles } from '../profiles.fixture.ts';

for (const profile of profiles)
  void describe(profile.name, { skip: profile.skip }, () => {
    let world: World;
    let replicas: Replica[];
    before(async () => {
      world = await profile.createWorld();
      await shortenSlots(world, 2);
      replicas = [await world.startReplica(), await world.startReplica()];
    });
    after(() => world.close());

    /** Admissions that broke a bound in force when they were granted; from the rows alone. */
    async function violations(
      eventId: string,
      table = 'slots',
    ): Promise<{ capacity: number; second: number; minute: number }> {
      const { rows } = await world.pool.query<{ capacity: number; second: number; minute: number }>(
        `SELECT count(*) FILTER (WHERE active > capacity)::int AS capacity, count(*) FILTER (WHERE in_second > rate)::int AS second,
       count(*) FILTER (WHERE in_minute > 60 * highest)::int AS minute
     FROM (SELECT g.capacity, g.rate, max(g.rate) OVER () AS highest,
         (SELECT count(*) FROM ${table} o WHERE o.event_id = g.event_id AND o.granted_at <= g.granted_at
            AND coalesce(o.released_at, o.ends_at) > g.granted_at) AS active,
         (SELECT count(*) FROM ${table} o WHERE o.event_id = g.event_id
            AND o.granted_at BETWEEN g.granted_at - interval '1 second' AND g.granted_at) AS in_second,
         (SELECT count(*) FROM ${table} o WHERE o.event_id = g.event_id
            AND o.granted_at BETWEEN g.granted_at - interval '60 seconds' AND g.granted_at) AS in_minute
       FROM ${table} g WHERE g.event_id = $1) AS grants`,
        [eventId],
      );
      return rows[0] ?? assert.fail();
    }

    async function behave(eventId: string, fan: Fan, until: number): Promise<void> {
      const any = () => replicas[Math.floor(Math.random() * replicas.length)] as Replica;
      await post(any(), `${eventId}/join`, fan);
      while (Date.now() < until) {
        const { status, body } = await post(any(), `${eventId}/enter`, fan);
        if (status === 200) await sleep(Math.random() * 600);
        if (Math.random() < 0.1 || (status === 200 && Math.random() < 0.5)) {
          await post(any(), `${eventId}/leave`, fan);
          await post(any(), `${eventId}/join`, fan);
        }
        if (body['code'] === 'place-used') await post(any(), `${eventId}/join`, fan);
        await sleep(Math.random() * 150);
      }
    }

    async function turnKnobs(eventId: string, until: number): Promise<void> {
      const admin = createFan('admin');
      while (Date.now() < until) {
        const bodies = [
          { action: 'capacity', capacity: 3 + Math.floor(Math.random() * 12) },
          { action: 'rate', ratePerSecond: 2 + Math.floor(Math.random() * 12) },
        ];
        for (const body of bodies) await post(replicas[0] as Replica, `${eventId}/control`, admin, body);
        await sleep(400);
      }
    }

    void test('capacity and rate hold in every second and minute, whatever fans and admins do through two replicas', async () => {
      for (const threshold of [0, 5]) {
        const eventId = await world.publish({
          capacity: 10,
          ratePerSecond: 8,
          slotSeconds: 30,
          threshold,
        });
        const until = Date.now() + 4_000;
        await Promise.all([
          ...Array.from({ length: 60 }, () => behave(eventId, createFan(), until)),
          turnKnobs(eventId, until),
        ]);
        const { rows } = await world.pool.query<{ slots: number }>(
          'SELECT count(*)::int AS slots FROM slots WHERE event_id = $1',
          [eventId],
        );
        assert.ok((rows[0]?.slots ?? 0) > 10, `only ${rows[0]?.slots} were admitted`);
        assert.deepEqual(await violations(eventId), { capacity: 0, second: 0, minute: 0 });
        const counter = await world.pool.query<{ active: number; rows: number }>(
          `SELECT active, (SELECT count(*)::int FROM slots t WHERE t.event_id = s.event_id AND released_at IS NULL) AS rows
       FROM sales s WHERE event_id = $1`,
          [eventId],
        );
        assert.equal(
          counter.rows[0]?.active,
          counter.rows[0]?.rows,
          'the counter of slots is the count of slots',
        );
      }
    });

    void test('negative control: granting without the lock on the sale breaks the bounds', async () => {
      await world.pool.query('CREATE TABLE unguarded_slots (LIKE slots INCLUDING DEFAULTS)');
      const eventId = randomUUID();
      const look = async () =>
        (await world.pool.query('SELECT FROM unguarded_slots WHERE event_id = $1', [eventId])).rowCount === 0;
      const grant = () =>
        world.pool.query(
          `INSERT INTO unguarded_slots (event_id, arrival, number, account_id, granted_at, ends_at, capacity, rate)
       VALUES ($1, 1, 1, gen_random_uuid(), clock_timestamp(), clock_timestamp() + interval '1 minute', 1, 1)`,
          [eventId],
        );
      const replicasLook = await Promise.all([look(), look()]);
      await Promise.all(replicasLook.filter((isFree) => isFree).map(grant));
      const found = await violations(eventId, 'unguarded_slots');
      assert.ok(found.capacity > 0 && found.second > 0, JSON.stringify(found));
    });

    void test('replicas do not add up: two of them call no more than the rate', async () => {
      const eventId = await world.publish({ capacity: 1000, ratePerSecond: 10 });
      const fans = Array.from({ length: 80 }, () => createFan());
      await Promise.all(
        fans.map((fan, index) => post(replicas[index % 2] as Replica, `${eventId}/join`, fan)),
      );
      await sleep(2_500);
      const { rows } = await world.pool.query<{ most: number; all: number }>(
        `SELECT max(in_second)::int AS most, max(total)::int AS all FROM (
       SELECT sum(called) OVER (ORDER BY called_at RANGE BETWEEN interval '1 second' PRECEDING AND CURRENT ROW) AS in_second,
         sum(called) OVER () AS total FROM calls WHERE event_id = $1) AS moves`,
        [eventId],
      );
      assert.ok((rows[0]?.most ?? 99) <= 10, `${rows[0]?.most} were called in one second`);
      assert.ok((rows[0]?.all ?? 0) >= 15, `only ${rows[0]?.all} were called in 2.5 s`);
    });

    void test('a pause stops calling and entering, and loses nobody', async () => {
      const eventId = await world.publish({ capacity: 5, ratePerSecond: 50 });
      const [first, second] = [createFan(), createFan()];
      const [replica] = replicas as [Replica];
      await post(replica, `${eventId}/join`, first);
      await sleep(250);
      const notice = { ko: '잠시 점검 중입니다', en: 'A short break' };
      await post(replica, `${eventId}/control`, createFan('admin'), { action: 'pause', notice });
      await post(replica, `${eventId}/join`, second);
      assert.equal((await post(replica, `${eventId}/enter`, first)).body['code'], 'line-paused');
      await sleep(300);
      const paused = (
        await call<{ phase: string; notice: unknown; serving: number }>(replica, `${eventId}/state`)
      ).body;
      assert.deepEqual([paused.phase, paused.notice, paused.serving], ['paused', notice, 1]);
      await post(replica, `${eventId}/control`, createFan('admin'), { action: 'resume' });
      await sleep(300);
      assert.equal((await post(replica, `${eventId}/enter`, first)).status, 200);
      assert.equal((await post(replica, `${eventId}/enter`, second)).status, 200);
    });
  });
