import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import fc from 'fast-check';
import pg from 'pg';
import { Pool } from 'undici';
import {
  buyerOf,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';
import { seatStates } from '@urr/testkit/seat-stream.ts';

const statusUrl = (eventId: string) => `/api/v1/seats/events/${eventId}/status`;
const seatCount = 23;

async function readStatus({ inject }: TicketFixture, eventId: string, replica = 0): Promise<SeatStatus> {
  const response = await inject({ url: statusUrl(eventId) }, replica);
  assert.equal(response.statusCode, 200, response.body);
  return response.json<SeatStatus>();
}

/** What the rows say at this instant of the store's clock, in the codes of the status. */
async function storedStates({ pool }: TicketFixture, eventId: string): Promise<number[]> {
  const { rows } = await pool.query<{ code: number }>(
    `SELECT CASE WHEN state = 'sold' THEN 2 WHEN state = 'blocked' THEN 3
       WHEN state = 'held' AND held_until > clock_timestamp() THEN 1 ELSE 0 END AS code
     FROM seats WHERE event_id = $1 ORDER BY seat_id`,
    [eventId],
  );
  return rows.map((row) => row.code);
}

test('the status bytes of every replica agree with the rows after any holds, sales, cancellations and expiries', async () => {
  const fixture = await startTicket(
    { HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000', MIRROR_INTERVAL_MS: '50', STATUS_INTERVAL_MS: '20' },
    2,
  );
  const seats = seatsOf(1, seatCount);
  seats[7] = { ...seats[7], flags: ['blocked'] } as (typeof seats)[number];
  const eventId = await fixture.push(seatInventory(seats, { limitPerAccount: 20 }));
  const act = async ({ seatIds, next, replica }: { seatIds: number[]; next: string; replica: number }) => {
    const buyer = buyerOf(eventId);
    const answer = await fixture.reserve(buyer, seatIds, { replica });
    if (answer.statusCode !== 201) return;
    const reservation = answer.json<{ reservationId: string; amount: number }>();
    if (next === 'pay') await fixture.confirm(reservation, buyer, { replica: replica + 1 });
    if (next !== 'cancel') return;
    const url = `/api/v1/reservations/${reservation.reservationId}/cancel`;
    await fixture.inject({ method: 'POST', url, headers: buyer.headers }, replica + 1);
  };
  const action = fc.record({
    seatIds: fc.uniqueArray(fc.nat(seatCount - 1), { minLength: 1, maxLength: 3 }),
    next: fc.constantFrom('pay', 'cancel', 'leave', 'leave', 'leave'),
    replica: fc.nat(1),
  });
  const property = fc.asyncProperty(
    fc.array(action, { maxLength: 8 }),
    fc.nat(400),
    async (actions, pauseMs) => {
      await Promise.all(actions.map(act));
      await sleep(pauseMs);
      for (const replica of [0, 1]) {
        let difference: unknown;
        await waitUntil(
          async () => {
            const status = await readStatus(fixture, eventId, replica);
            const [shown, stored] = [seatStates(status, seatCount), await storedStates(fixture, eventId)];
            difference = { shown, stored };
            const free = shown.filter((code) => code === 0).length;
            return shown.join() === stored.join() && status.grades[0]?.left === free;
          },
          { timeoutMs: 2_000, what: 'memory to agree with the rows' },
        ).catch((error: unknown) => {
          throw new Error(JSON.stringify(difference), { cause: error });
        });
      }
    },
  );
  await fc.assert(property, { numRuns: 25, endOnFailure: true });
});

test('an expired hold shows as free although no row was written', async () => {
  const fixture = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000' });
  const eventId = await fixture.push(seatInventory(seatsOf(1, 5)));
  await fixture.hold(buyerOf(eventId), [2]);
  await waitUntil(async () => seatStates(await readStatus(fixture, eventId), 5).join('') === '00100');
  await waitUntil(async () => seatStates(await readStatus(fixture, eventId), 5).join('') === '00000');
  const { rows } = await fixture.pool.query('SELECT state FROM seats WHERE seat_id = 2');
  assert.deepEqual(rows, [{ state: 'held' }]);
});

test('the status tells what is left by grade and pool, and at which price', async () => {
  const fixture = await startTicket({ MIRROR_INTERVAL_MS: '50' });
  const { ticketTypeId, inventory } = poolInventory(10);
  const standing = await fixture.push(inventory);
  assert.deepEqual((await readStatus(fixture, standing)).grades, []);
  await fixture.places(buyerOf(standing), ticketTypeId, 3);
  const name = { ko: '스탠딩', en: 'Standing' };
  const pool = { ticketTypeId, name, grade: 'STANDING', price: 30_000, total: 10, left: 7 };
  await waitUntil(async () => (await readStatus(fixture, standing)).pools[0]?.left === 7);
  const { pools, layout, seats } = await readStatus(fixture, standing);
  assert.deepEqual({ pools, layout, seats }, { pools: [pool], layout: null, seats: '' });

  const hall = seatInventory([...seatsOf(1, 4, 'VIP'), ...seatsOf(1, 6, 'A')]);
  const seated = await fixture.push(hall);
  await fixture.hold(buyerOf(seated), [0, 1, 9]);
  const left = async () => (await readStatus(fixture, seated)).grades.map((grade) => grade.left).join();
  await waitUntil(async () => (await left()) === '2,5');
  const prices = [
    { grade: 'VIP', price: 90_000 },
    { grade: 'A', price: 50_000 },
  ];
  await fixture.push({ ...hall, prices }, seated);
  await waitUntil(async () => (await readStatus(fixture, seated)).grades[0]?.price === 90_000);
});

test('10,000 polls cost the database nothing', async (context) => {
  const texts: string[] = [];
  const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown;
  // Before the first connection: each keeps the method it began with.
  context.mock.method(pg.Client.prototype, 'query', function (this: pg.Client, ...given: unknown[]) {
    const [first] = given as [string | { text: string }];
    texts.push(typeof first === 'string' ? first : first.text);
    return Reflect.apply(query, this, given);
  });
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(10, 50)));
  const [service] = fixture.services;
  const origin = (await service?.app.listen({ port: 0, host: '127.0.0.1' })) ?? '';
  const client = new Pool(origin, { connections: 4, pipelining: 10 });
  context.after(() => client.destroy());
  const poll = async (id: string) => {
    const { statusCode, body, headers } = await client.request({ path: statusUrl(id), method: 'GET' });
    await body.dump();
    return { statusCode, cacheControl: headers['cache-control'] };
  };
  assert.deepEqual(await poll(eventId), { statusCode: 200, cacheControl: 'public, max-age=1' });

  // Ticks, relay and sweeper go on meanwhile; what they ask does not depend on who polls.
  texts.length = 0;
  await sleep(1_500);
  // On a busy machine the sweeper comes late.
  await waitUntil(() => texts.some((text) => text.includes('fold_pools')), { timeoutMs: 15_000 });
  const background = new Set(texts.splice(0));
  for (let round = 0; round < 10; round += 1)
    for (const answer of await Promise.all(Array.from({ length: 1_000 }, () => poll(eventId))))
      assert.equal(answer.statusCode, 200);
  assert.ok(texts.length < 500, `${texts.length} statements`);
  assert.deepEqual(
    texts.filter((text) => !background.has(text)),
    [],
  );

  // Control: the count does see a request that needs the database.
  assert.equal((await poll(randomUUID())).statusCode, 404);
  assert.ok(texts.some((text) => !background.has(text)));
});
