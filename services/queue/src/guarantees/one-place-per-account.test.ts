import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '@urr/contracts/queue.ts';
import { Secret } from '@urr/platform/secret.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { createReceipts } from '../line/receipt.ts';
import { call, createFan, entrySecret, post, type Replica, type World } from '../queue.fixture.ts';
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

    const fansOf = (count: number) => Array.from({ length: count }, () => createFan());

    async function duplicates(table = 'places', where = 'replaced_at IS NULL'): Promise<number> {
      const { rows } = await world.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM (SELECT FROM ${table} WHERE ${where} GROUP BY event_id, account_id HAVING count(*) > 1) AS twice`,
      );
      return rows[0]?.count ?? -1;
    }

    void test('an account has one place, however many devices join at once through two replicas', async () => {
      const eventId = await world.publish();
      const fans = fansOf(40);
      const answers = await Promise.all(
        fans.flatMap((fan) =>
          [0, 1, 0, 1, 0].map(async (side) => {
            const { status, body } = await post<Place>(replicas[side] as Replica, `${eventId}/join`, fan);
            assert.equal(status, 200, JSON.stringify(body));
            return [fan.accountId, body.number] as const;
          }),
        ),
      );
      const numbers = Map.groupBy(answers, ([accountId]) => accountId);
      for (const places of numbers.values())
        assert.equal(new Set(places.map(([, number]) => number)).size, 1);
      assert.equal(
        new Set(answers.map(([, number]) => number)).size,
        fans.length,
        'no number is given twice',
      );
      assert.equal(await duplicates(), 0);
    });

    void test('negative control: looking first and inserting then gives one account two places', async () => {
      await world.pool.query('CREATE TABLE unguarded (LIKE places)');
      const eventId = randomUUID();
      const accountId = randomUUID();
      const look = async () =>
        (
          await world.pool.query('SELECT FROM unguarded WHERE event_id = $1 AND account_id = $2', [
            eventId,
            accountId,
          ])
        ).rowCount === 0;
      const insert = () =>
        world.pool.query(
          'INSERT INTO unguarded SELECT $1, coalesce(max(arrival), 0) + 1, $2, now() FROM unguarded',
          [eventId, accountId],
        );
      const devices = await Promise.all([look(), look()]);
      await Promise.all(devices.filter((isFree) => isFree).map(insert));
      assert.ok((await duplicates('unguarded')) > 0);
    });

    void test('a place does not move by reload, by waiting, or by other people leaving', async () => {
      const eventId = await world.publish({ capacity: 1 });
      const [first, second, third] = fansOf(3) as [
        ReturnType<typeof createFan>,
        ReturnType<typeof createFan>,
        ReturnType<typeof createFan>,
      ];
      for (const fan of [first, second, third]) await post(replicas[0], `${eventId}/join`, fan);
      await post(replicas[1], `${eventId}/leave`, second);
      for (const replica of [...replicas, ...replicas]) {
        assert.equal((await post<Place>(replica, `${eventId}/join`, third)).body.number, 3);
        assert.equal((await call<Place>(replica, `${eventId}/me`, { fan: third })).body.number, 3);
      }
    });

    void test('what was acknowledged survives kill -9 and a restart', async () => {
      const eventId = await world.publish({ capacity: 1 });
      const acknowledged = new Map<string, number | null>();
      const main = path.join(import.meta.dirname, '../main.ts');
      const port = await freePort();
      const env = world.environment({ PORT: String(port) });
      const doomed = await spawnProcess(main, [], { env });
      const origin = { origin: `http://127.0.0.1:${port}` };
      await waitUntil(
        async () => (await call(origin, `${eventId}/state`).catch(() => undefined))?.status === 200,
        {
          timeoutMs: 15_000,
        },
      );
      const fans = fansOf(300);
      const joins = fans.map(async (fan) => {
        const answer = await post<Place>(origin, `${eventId}/join`, fan).catch(() => undefined);
        if (answer?.status === 200) acknowledged.set(fan.accountId, answer.body.number);
      });
      await waitUntil(() => acknowledged.size > 20);
      await doomed.kill('SIGKILL');
      await Promise.all(joins);
      assert.ok(acknowledged.size > 20);
      for (const fan of fans.filter(({ accountId }) => acknowledged.has(accountId))) {
        const { body } = await post<Place>(replicas[0], `${eventId}/join`, fan);
        assert.equal(body.number, acknowledged.get(fan.accountId));
      }
    });

    void test('a signed receipt restores a place after the store lost the whole line', async () => {
      const eventId = await world.publish({ capacity: 1 });
      const [first, second, other] = fansOf(3) as [
        ReturnType<typeof createFan>,
        ReturnType<typeof createFan>,
        ReturnType<typeof createFan>,
      ];
      await post(replicas[0], `${eventId}/join`, first);
      const { receipt, number } = (await post<Place>(replicas[0], `${eventId}/join`, second)).body;
      assert.equal(number, 2);
      // Until the next tick no replica remembers the line.
      await sleep(300);
      for (const table of ['places', 'sales'])
        await world.pool.query(`DELETE FROM ${table} WHERE event_id = $1`, [eventId]);
      await waitUntil(
        async () =>
          (await world.pool.query('SELECT FROM sales WHERE event_id = $1', [eventId])).rowCount === 1,
        { what: 'a replica to put the line back' },
      );
      const stranger = await post<Place>(replicas[1], `${eventId}/join`, other);
      assert.ok((stranger.body.number ?? 0) > 2, 'nobody new takes a number that was given');
      const restored = await post<Place>(replicas[1], `${eventId}/join`, second, { receipt });
      assert.equal(restored.body.number, 2);
      // The negative control: without its receipt the other lost place cannot be told from no place.
      const forgotten = await post<Place>(replicas[1], `${eventId}/join`, first);
      assert.ok((forgotten.body.number ?? 0) > 2);
    });

    void test("a receipt restores what it is of: a number a number, a lobby's index a place in the lobby", async () => {
      const sign = (
        eventId: string,
        { accountId }: { accountId: string },
        arrival: number,
        isLobby: boolean,
      ) => createReceipts(new Secret(entrySecret)).sign({ eventId, accountId, arrival, isLobby, epoch: 1 });
      const [ofLobby, ofLine, late] = [createFan(), createFan(), createFan()];
      const eventId = await world.publish({
        opensAt: new Date(Date.now() + 3_000).toISOString(),
        capacity: 1,
      });
      const lobby = await post<Place>(replicas[0], `${eventId}/join`, ofLobby, {
        receipt: sign(eventId, ofLobby, 5, true),
      });
      assert.deepEqual([lobby.body.state, lobby.body.lobbyIndex], ['lobby', 4]);
      const line = await post<Place>(replicas[1], `${eventId}/join`, ofLine, {
        receipt: sign(eventId, ofLine, 2, false),
      });
      assert.equal(line.body.lobbyIndex, 5, 'a number of another opening is no index in this lobby');
      await waitUntil(
        async () => (await call<Place>(replicas[0], `${eventId}/me`, { fan: ofLobby })).body.number !== null,
        { timeoutMs: 8_000, what: 'the draw' },
      );
      const inLobby = await post<Place>(replicas[0], `${eventId}/join`, late, {
        receipt: sign(eventId, late, 3, false),
      });
      assert.equal(inLobby.body.number, 7, 'behind the six of the lobby, not on an index nobody took');
    });

    void test('a place cannot be chosen by a parameter', async () => {
      const eventId = await world.publish({ capacity: 1 });
      for (const fan of fansOf(3)) await post(replicas[0], `${eventId}/join`, fan);
      const cheat = createFan();
      for (const body of [{ number: 1 }, { position: 1 }, { arrival: 1 }, { lobbyIndex: 0 }, { score: 1 }])
        assert.equal((await post(replicas[0], `${eventId}/join`, cheat, body)).status, 422);
      const { body } = await post<Place>(replicas[0], `${eventId}/join?number=1&position=1&score=0`, cheat);
      assert.equal(body.number, 4);
    });

    void test('a receipt that was altered, forged or is of somebody else is refused', async () => {
      const eventId = await world.publish({ capacity: 1 });
      const [owner, thief] = [createFan(), createFan()];
      const { receipt } = (await post<Place>(replicas[0], `${eventId}/join`, owner)).body;
      const text = String(receipt);
      const altered = text.replace('.N1.', '.N0.');
      const swapped = text.replace(owner.accountId, thief.accountId);
      const facts = { eventId, accountId: thief.accountId, arrival: 900, isLobby: false, epoch: 1 };
      const forged = createReceipts(new Secret('another secret of thirty-two characters')).sign(facts);
      for (const receiptGiven of [text, altered, swapped, forged, '', '.', 'a.b.c', 'x'.repeat(400)]) {
        const answer = await post(replicas[0], `${eventId}/join`, thief, { receipt: receiptGiven });
        assert.deepEqual([answer.status, answer.body['code']], [422, 'receipt-not-valid'], receiptGiven);
      }
      // The negative control: only the signature stands between the thief and that number.
      const signed = createReceipts(new Secret(entrySecret)).sign(facts);
      assert.equal(
        (await post<Place>(replicas[0], `${eventId}/join`, thief, { receipt: signed })).body.number,
        900,
      );
    });
  });
