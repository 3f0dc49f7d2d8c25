import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { buyerOf, poolInventory, startTicket } from '../ticket.fixture.ts';

test('500 buyers for 100 places on two replicas: exactly 100 are sold', async () => {
  const { push, places, confirm, pool } = await startTicket({}, 2);
  const { ticketTypeId, inventory } = poolInventory(100);
  const eventId = await push(inventory);
  const buyers = Array.from({ length: 500 }, () => buyerOf(eventId));
  const answers = await Promise.all(
    buyers.map(async (buyer, replica) => ({
      buyer,
      answer: await places(buyer, ticketTypeId, 1, { replica }),
    })),
  );
  const winners = answers.filter(({ answer }) => answer.statusCode === 201);
  assert.equal(winners.length, 100);
  assert.ok(answers.every(({ answer }) => [201, 409].includes(answer.statusCode)));
  await Promise.all(
    winners.map(async ({ buyer, answer }) => {
      const confirmed = await confirm(answer.json<Reservation>(), buyer);
      assert.equal(confirmed.json<{ outcome: string }>().outcome, 'issued');
    }),
  );
  const { rows } = await pool.query(
    `SELECT p.sold, p.held, (SELECT count(*) FROM tickets WHERE state = 'valid') AS tickets FROM pools p`,
  );
  assert.deepEqual(rows, [{ sold: 100, held: 0, tickets: 100 }]);
});

test('a smaller wish is not refused because of a larger one that lost before it', async () => {
  const { push, places } = await startTicket();
  const { ticketTypeId, inventory } = poolInventory(3);
  const eventId = await push(inventory);
  const answers = await Promise.all(
    [2, 2, 1].map((quantity) => places(buyerOf(eventId), ticketTypeId, quantity)),
  );
  assert.deepEqual(
    answers.map((answer) => answer.statusCode),
    [201, 409, 201],
  );
});

test('places of an expired hold are free at once, without a sweeper', async () => {
  const { push, places, pool } = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000' });
  const { ticketTypeId, inventory } = poolInventory(4);
  const eventId = await push(inventory);
  assert.equal((await places(buyerOf(eventId), ticketTypeId, 4)).statusCode, 201);
  assert.equal((await places(buyerOf(eventId), ticketTypeId, 1)).statusCode, 409);
  await sleep(1_050);
  assert.equal((await places(buyerOf(eventId), ticketTypeId, 4)).statusCode, 201);
  const { rows } = await pool.query('SELECT held, (SELECT sum(quantity) FROM pool_holds) AS sum FROM pools');
  assert.deepEqual(rows, [{ held: 4, sum: 4 }]);
});

test('control: reading the counter first and writing it later sells more than there is', async () => {
  const { push, pool } = await startTicket();
  const { inventory } = poolInventory(1);
  await push(inventory);
  // A copy without the constraint that would stop this.
  await pool.query('CREATE TABLE loose_pools AS SELECT * FROM pools');
  let sold = 0;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { rows } = await pool.query<{ left: number }>('SELECT quantity - sold AS left FROM loose_pools');
      if ((rows[0]?.left ?? 0) < 1) return;
      await sleep(20);
      await pool.query('UPDATE loose_pools SET sold = sold + 1');
      sold += 1;
    }),
  );
  assert.ok(sold > 1);
});
