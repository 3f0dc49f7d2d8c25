import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

test('a hold does not wait for the purchases under way, however many they are', async () => {
  const { push, hold, confirm, pool } = await startTicket({ TICKET_DB_POOL_SIZE: '5' });
  const eventId = await push(seatInventory(seatsOf(2, 10)));
  const buyers = Array.from({ length: 6 }, () => buyerOf(eventId));
  const held = await Promise.all(buyers.map((buyer, index) => hold(buyer, [index])));

  const inTheWay = await pool.connect();
  await inTheWay.query('BEGIN');
  await inTheWay.query('SELECT lock_accounts($1)', [buyers.map(({ accountId }) => accountId)]);
  let isAnswered = false;
  const purchases = Promise.all(buyers.map((buyer, index) => confirm(held[index] ?? assert.fail(), buyer)));
  void purchases.then(() => (isAnswered = true));
  try {
    await sleep(300);
    const startedAt = performance.now();
    await hold(buyerOf(eventId), [10, 11]);
    const tookMs = performance.now() - startedAt;
    assert.ok(tookMs < 1_000, `${tookMs} ms`);
    assert.ok(!isAnswered, 'the purchases were in the way all the time');
  } finally {
    await inTheWay.query('COMMIT');
    inTheWay.release();
  }
  for (const purchase of await purchases) assert.equal(purchase.statusCode, 200, purchase.body);
});
