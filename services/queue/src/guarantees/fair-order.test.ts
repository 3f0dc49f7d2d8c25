import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DrawDocument, InclusionProof } from '@urr/contracts/queue-draw.ts';
import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  checkDraw,
  isInRoster,
  numberOf as checkedNumber,
} from '../../../../tools/verify-draw/check-draw.ts';
import { drawKey, drawOrder } from '../draw/permutation.ts';
import { call, createFan, type Fan, post, type Replica, type World } from '../queue.fixture.ts';
import { profiles } from '../profiles.fixture.ts';

for (const profile of profiles)
  void describe(profile.name, { skip: profile.skip }, () => {
    let world: World;
    let replicas: [Replica, Replica];
    before(async () => {
      world = await profile.createWorld();
      replicas = [await world.startReplica(), await world.startReplica()];
    });
    after(() => world.close());

    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const draw = async (eventId: string) => (await call<DrawDocument>(replicas[0], `${eventId}/draw`)).body;

    async function joinAll(eventId: string, fans: readonly Fan[]): Promise<Place[]> {
      return Promise.all(
        fans.map(
          async (fan, index) =>
            (await post<Place>(replicas[index % 2] as Replica, `${eventId}/join`, fan)).body,
        ),
      );
    }

    async function drawn(eventId: string): Promise<DrawDocument> {
      await waitUntil(async () => (await draw(eventId)).drawnAt !== null, {
        timeoutMs: 8_000,
        what: 'the draw',
      });
      await sleep(250);
      return draw(eventId);
    }

    void test('after opening, people are numbered, called and let in strictly in order of arrival', async () => {
      const eventId = await world.publish({ capacity: 100, ratePerSecond: 100 });
      const numbers: (number | null)[] = [];
      for (let index = 0; index < 30; index += 1) {
        const { body } = await post<Place>(replicas[index % 2] as Replica, `${eventId}/join`, createFan());
        numbers.push(body.number);
      }
      assert.deepEqual(
        numbers,
        Array.from({ length: 30 }, (_, index) => index + 1),
      );
      const { rows } = await world.pool.query<{ inversions: number }>(
        `SELECT count(*)::int AS inversions FROM calls a JOIN calls b USING (event_id)
     WHERE a.event_id = $1 AND a.to_number < b.to_number AND a.called_at > b.called_at`,
        [eventId],
      );
      assert.equal(rows[0]?.inversions, 0);
    });

    void test('negative control: reading the last number and adding one gives two people the same number', async () => {
      await world.pool.query('CREATE TABLE unguarded_numbers (number int)');
      const next = async () =>
        (
          await world.pool.query<{ number: number }>(
            'SELECT coalesce(max(number), 0) + 1 AS number FROM unguarded_numbers',
          )
        ).rows[0]?.number;
      const given = await Promise.all([next(), next()]);
      for (const number of given)
        await world.pool.query('INSERT INTO unguarded_numbers VALUES ($1)', [number]);
      assert.equal(new Set(given).size, 1);
    });

    void test('the lobby is drawn once at opening, from a secret committed before, and anybody can check it', async () => {
      const eventId = await world.publish({ opensAt: inSeconds(1.5), capacity: 1 });
      const before_ = await draw(eventId);
      assert.deepEqual([before_.secret, before_.rosterRoot, before_.size], [null, null, null]);
      const lobby = Array.from({ length: 24 }, () => createFan());
      const joined = await joinAll(eventId, lobby);
      assert.ok(joined.every((place) => place.state === 'lobby' && place.number === null));
      const leaver = lobby[7] as Fan;
      await post(replicas[0], `${eventId}/leave`, leaver);
      const after_ = await drawn(eventId);
      assert.equal(after_.secretHash, before_.secretHash);
      assert.equal(
        createHash('sha256')
          .update(Buffer.from(String(after_.secret), 'hex'))
          .digest('hex'),
        before_.secretHash,
      );
      assert.equal(after_.size, 24);
      const key = drawKey(
        Buffer.from(String(after_.secret), 'hex'),
        Buffer.from(String(after_.rosterRoot), 'hex'),
      );
      const order = drawOrder(key, 24);
      const numbers = new Set<number | null>();
      for (const [index, fan] of lobby.entries()) {
        if (fan === leaver) continue;
        const { body } = await call<Place>(replicas[index % 2] as Replica, `${eventId}/me`, { fan });
        assert.equal(body.number, order(Number(joined[index]?.lobbyIndex)) + 1);
        numbers.add(body.number);
      }
      assert.equal(numbers.size, 23);
      const late = await post<Place>(replicas[1], `${eventId}/join`, createFan());
      assert.equal(late.body.number, 25, 'who comes after opening stands behind the whole lobby');
    });

    void test('a member can prove their leaf against the root, and a stranger cannot', async () => {
      const eventId = await world.publish({ opensAt: inSeconds(1), capacity: 1 });
      const lobby = Array.from({ length: 5 }, () => createFan());
      await joinAll(eventId, lobby);
      await drawn(eventId);
      for (const fan of lobby) {
        const { body, status } = await call<InclusionProof>(replicas[0], `${eventId}/draw/proof`, { fan });
        assert.equal(status, 200, JSON.stringify(body));
        const check = checkDraw(await draw(eventId));
        assert.ok(check.kind === 'held');
        assert.ok(isInRoster(check.draw, body), 'an independent check follows the proof to the root');
        assert.equal(body.number, checkedNumber(check.draw, body.index));
        // The negative control: the same proof for another account or another index leads elsewhere.
        assert.equal(isInRoster(check.draw, { ...body, accountId: createFan().accountId }), false);
        assert.equal(isInRoster(check.draw, { ...body, index: (body.index + 1) % 5 }), false);
      }
      const stranger = createFan();
      assert.equal(
        (await call(replicas[0], `${eventId}/draw/proof`, { fan: stranger })).body['code'],
        'not-in-draw',
      );
    });

    void test('the order cannot be known from the commitment: it changes with one more member, and with the secret', async () => {
      const [secret, root] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
      const orderOf = (given: Buffer, roster: Buffer) => {
        const order = drawOrder(drawKey(given, roster), 50);
        return Array.from({ length: 50 }, (_, index) => order(index));
      };
      const otherRoster = orderOf(secret, Buffer.alloc(32, 3));
      const otherSecret = orderOf(Buffer.alloc(32, 9), root);
      assert.notDeepEqual(orderOf(secret, root), otherRoster);
      assert.notDeepEqual(orderOf(secret, root), otherSecret);
      // The negative control: with arrival order instead of a draw, everybody would know.
      const byArrival = Array.from({ length: 50 }, (_, index) => index);
      assert.notDeepEqual(orderOf(secret, root), byArrival);
      const eventId = await world.publish({ opensAt: inSeconds(60) });
      const texts = [await call(replicas[0], `${eventId}/draw`), await call(replicas[0], `${eventId}/state`)];
      const { rows } = await world.pool.query<{ secret: string }>(
        `SELECT encode(secret, 'hex') AS secret FROM sales WHERE event_id = $1`,
        [eventId],
      );
      for (const { body } of texts) assert.ok(!JSON.stringify(body).includes(String(rows[0]?.secret)));
    });

    void test('processes whose clocks are a minute wrong open the lobby and the sale by the store alone', async () => {
      const preload = import.meta.resolve('@urr/testkit/shifted-clock.ts');
      const main = path.join(import.meta.dirname, '../main.ts');
      const start = async (shift: string) => {
        const port = await freePort();
        const env = {
          ...world.environment({ PORT: String(port) }),
          SHIFT_SECONDS: shift,
          NODE_OPTIONS: `--import ${preload}`,
        };
        const process_ = await spawnProcess(main, [], { env });
        const replica = { origin: `http://127.0.0.1:${port}` };
        await waitUntil(
          async () => (await fetch(`${replica.origin}/health`).catch(() => undefined))?.status === 200,
          {
            timeoutMs: 15_000,
          },
        );
        return { replica, kill: () => process_.kill('SIGKILL') };
      };
      const [fast, slow] = await Promise.all([start('60'), start('-60')]);
      try {
        const eventId = await world.publish({ opensAt: inSeconds(3), capacity: 50 });
        await sleep(400);
        // The negative control: by the fast process's own clock the sale would be open already.
        assert.ok(Date.now() + 60_000 > Date.parse(world.sales.get(eventId)?.opensAt ?? ''));
        const [early, also] = [createFan(), createFan()];
        assert.equal((await post<Place>(fast.replica, `${eventId}/join`, early)).body.state, 'lobby');
        assert.equal((await post<Place>(slow.replica, `${eventId}/join`, also)).body.state, 'lobby');
        await waitUntil(
          async () => (await call<StateDocument>(slow.replica, `${eventId}/state`)).body.phase === 'open',
          { timeoutMs: 8_000, what: 'the slow process to see the opening' },
        );
        await sleep(300);
        const late = await post<Place>(slow.replica, `${eventId}/join`, createFan());
        assert.equal(late.body.number, 3);
        const entered = await post<{ slotEndsAt: string }>(slow.replica, `${eventId}/enter`, early);
        assert.equal(entered.status, 200, JSON.stringify(entered.body));
        const endsIn = Date.parse(entered.body.slotEndsAt) - Date.now();
        assert.ok(Math.abs(endsIn - 600_000) < 5_000, `the slot ends in ${endsIn} ms`);
      } finally {
        await Promise.all([fast.kill(), slow.kill()]);
      }
    });
  });
