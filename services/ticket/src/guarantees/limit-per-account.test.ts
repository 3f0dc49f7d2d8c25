import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

test('one account never gets more than its limit, however many requests run at once on two replicas', async () => {
  const { push, reserve, pool } = await startTicket({}, 2);
  const eventId = await push(seatInventory(seatsOf(2, 20)));
  const accountId = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      reserve(buyerOf(eventId, { accountId }), [2 * index, 2 * index + 1], { replica: index }),
    ),
  );
  const won = answers.filter((answer) => answer.statusCode === 201);
  assert.equal(won.length, 2);
  const lost = answers.find((answer) => answer.statusCode !== 201);
  assert.deepEqual(lost?.json<{ data: unknown }>().data, { limit: 4, live: 4 });
  const { rows } = await pool.query(`SELECT count(*) AS held FROM seats WHERE state = 'held'`);
  assert.deepEqual(rows, [{ held: 4 }]);
});

test('tickets count, and what has expired or was cancelled does not', async () => {
  const { push, reserve, hold, confirm, inject } = await startTicket({ HOLD_SECONDS: '1' });
  const eventId = await push(seatInventory(seatsOf(1, 20)));
  const earlier = buyerOf(eventId);
  await confirm(await hold(earlier, [0, 1]), earlier);
  // A purchase ends its slot; this is the next one.
  const buyer = buyerOf(eventId, { accountId: earlier.accountId });
  assert.equal((await reserve(buyer, [2, 3, 4])).json<{ code: string }>().code, 'limit-reached');
  const cancelled = await hold(buyer, [2, 3]);
  await inject({
    method: 'POST',
    url: `/api/v1/reservations/${cancelled.reservationId}/cancel`,
    headers: buyer.headers,
  });
  await hold(buyer, [4, 5]);
  assert.equal((await reserve(buyer, [6])).statusCode, 409);
  await sleep(1_050);
  const again = await reserve(buyer, [6, 7]);
  assert.equal(again.statusCode, 201, again.body);
  assert.equal(again.json<Reservation>().quantity, 2);
});

test('what a group of buyers has is counted by one plan, not by a call for each of them', async () => {
  const { pool } = await startTicket();
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT mine.live FROM unnest($1::uuid[], $2::uuid[]) c (account_id, event_id)
     CROSS JOIN LATERAL places_of(c.account_id, c.event_id, now()) mine (live)`,
    [[randomUUID()], [randomUUID()]],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  assert.match(plan, /reservations_of_account/);
  assert.doesNotMatch(plan, /places_of/);
});

test('control: counting without the lock lets one account through twice', async () => {
  const { push, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 4)));
  const accountId = randomUUID();
  const unguarded = async () => {
    const { rows } = await pool.query<{ live: number }>(
      'SELECT coalesce(sum(quantity), 0) AS live FROM reservations WHERE account_id = $1 AND event_id = $2',
      [accountId, eventId],
    );
    if ((rows[0]?.live ?? 0) + 4 > 4) return;
    await sleep(20);
    await pool.query(
      `INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items, created_at, held_until)
       VALUES (gen_random_uuid(), $1, $2, 'pending', 4, 0, '{}', '[]', now(), now() + interval '1 minute')`,
      [eventId, accountId],
    );
  };
  await Promise.all([unguarded(), unguarded(), unguarded()]);
  const { rows } = await pool.query<{ live: number }>('SELECT sum(quantity) AS live FROM reservations');
  assert.ok((rows[0]?.live ?? 0) > 4);
});
