import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

const noSweeper = { HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000' };

test('an expired hold is free at once, on every replica, though no sweeper ever runs', async () => {
  const { push, hold, reserve } = await startTicket(noSweeper, 2);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const first = await hold(buyerOf(eventId), [0, 1], { replica: 0 });
  assert.equal((await reserve(buyerOf(eventId), [0], { replica: 0 })).statusCode, 409);
  assert.equal((await reserve(buyerOf(eventId), [1], { replica: 1 })).statusCode, 409);
  await sleep(Date.parse(first.expiresAt) - Date.now() + 5);
  const second = await reserve(buyerOf(eventId), [0, 1], { replica: 1 });
  assert.equal(second.statusCode, 201, second.body);
});

test('a hold that is over shows as expired before a sweeper has passed', async () => {
  const { push, hold, inject } = await startTicket(noSweeper);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const { reservationId } = await hold(buyer, [0]);
  const read = async () => {
    const url = `/api/v1/reservations/${reservationId}`;
    return (await inject({ method: 'GET', url, headers: buyer.headers })).json<Reservation>().state;
  };
  assert.equal(await read(), 'pending');
  await sleep(1_050);
  assert.equal(await read(), 'expired');
});

test('the sweeper marks what is over, once, and announces its end', async () => {
  const { push, hold, pool } = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '50' }, 2);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  await hold(buyerOf(eventId), [0]);
  await waitUntil(
    async () => (await pool.query(`SELECT 1 FROM reservations WHERE state = 'expired'`)).rowCount === 1,
    { what: 'the sweeper' },
  );
  await sleep(200);
  const { rows } = await pool.query(
    `SELECT data->>'reason' AS reason FROM outbox WHERE type = 'urr.reservation.ended.v1'`,
  );
  assert.deepEqual(rows, [{ reason: 'expired' }]);
});

test('a pin keeps the hold for the payment window, once, and only while it is held', async () => {
  const { push, hold, internal, reserve } = await startTicket({ ...noSweeper, PIN_SECONDS: '2' });
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const { reservationId, expiresAt } = await hold(buyer, [0]);
  const pin = async () =>
    internal('POST', `/internal/reservations/${reservationId}/pin`, { accountId: buyer.accountId });
  const pinned = (await pin()).json<{ expiresAt: string }>();
  assert.ok(pinned.expiresAt > expiresAt);
  assert.equal((await pin()).json<{ expiresAt: string }>().expiresAt, pinned.expiresAt);
  await sleep(Date.parse(expiresAt) - Date.now() + 20);
  assert.equal((await reserve(buyerOf(eventId), [0])).statusCode, 409);
  await sleep(Date.parse(pinned.expiresAt) - Date.now() + 20);
  assert.equal((await pin()).json<{ code: string }>().code, 'reservation-over');
  assert.equal((await reserve(buyerOf(eventId), [0])).statusCode, 201);
});

test('a pin gives a fresh hold the whole window of the provider, 10 min, and what a confirmation may take', async () => {
  const { push, hold, internal } = await startTicket();
  const buyer = buyerOf(await push(seatInventory(seatsOf(1, 1))));
  const { reservationId } = await hold(buyer, [0]);
  const url = `/internal/reservations/${reservationId}/pin`;
  const pinned = await internal('POST', url, { accountId: buyer.accountId });
  const leftSeconds = (Date.parse(pinned.json<{ expiresAt: string }>().expiresAt) - Date.now()) / 1_000;
  assert.ok(leftSeconds > 10 * 60 + 75, `${leftSeconds} s`);
});

test('control: a predicate that trusts the state alone keeps an expired seat from everybody', async () => {
  const { push, hold, pool } = await startTicket(noSweeper);
  const eventId = await push(seatInventory(seatsOf(1, 1)));
  await hold(buyerOf(eventId), [0]);
  await sleep(1_050);
  const { rows } = await pool.query(`SELECT count(*) AS free FROM seats WHERE state = 'available'`);
  assert.deepEqual(rows, [{ free: 0 }]);
});
