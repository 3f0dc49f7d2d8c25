import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Bilingual } from '@urr/contracts/primitives.ts';
import type { PayableReservation } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  type Buyer,
  buyerOf,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
} from '../ticket.fixture.ts';

const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code: string }).code;

test('the same request under the same key answers the same reservation, from every replica', async () => {
  const { push, reserve, pool } = await startTicket({}, 2);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const headers = { 'idempotency-key': 'one' };
  const first = await reserve(buyer, [0, 1], { headers, replica: 0 });
  assert.equal(first.statusCode, 201);
  for (const replica of [0, 1]) {
    const again = await reserve(buyer, [0, 1], { headers, replica });
    assert.equal(again.statusCode, 201, again.body);
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.deepEqual(again.json(), first.json());
    assert.equal(codeOf(await reserve(buyer, [2], { headers, replica })), 'idempotency-key-reused');
  }
  // Another account's key is another key.
  assert.equal((await reserve(buyerOf(eventId), [3], { headers })).statusCode, 201);
  assert.deepEqual((await pool.query('SELECT count(*) AS made FROM reservations')).rows, [{ made: 2 }]);
});

test('the same key at the same time holds once: the twin is told to wait or answered the same', async () => {
  const { push, reserve, pool } = await startTicket({}, 2);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const headers = { 'idempotency-key': 'one' };
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, replica) => reserve(buyer, [0, 1], { headers, replica })),
  );
  for (const answer of answers)
    assert.ok(answer.statusCode === 201 || codeOf(answer) === 'request-in-flight', answer.body);
  const ids = answers
    .filter((answer) => answer.statusCode === 201)
    .map((answer) => answer.json<Reservation>());
  assert.equal(new Set(ids.map((reservation) => reservation.reservationId)).size, 1);
  assert.deepEqual((await pool.query('SELECT count(*) AS made FROM reservations')).rows, [{ made: 1 }]);
});

test('one key for two events on two replicas is refused once, and spoils nobody else', async () => {
  const { push, reserve } = await startTicket({}, 2);
  const [one, other] = [await push(seatInventory(seatsOf(1, 9))), await push(seatInventory(seatsOf(1, 9)))];
  const accountId = randomUUID();
  const headers = { 'idempotency-key': 'one' };
  const answers = await Promise.all([
    reserve(buyerOf(one, { accountId }), [0], { headers, replica: 0 }),
    reserve(buyerOf(other, { accountId }), [0], { headers, replica: 1 }),
    reserve(buyerOf(one), [1], { replica: 0 }),
    reserve(buyerOf(other), [1], { replica: 1 }),
  ]);
  const statuses = answers.map((answer) => answer.statusCode);
  assert.deepEqual(new Set(statuses.slice(0, 2)), new Set([201, 422]));
  assert.deepEqual(statuses.slice(2), [201, 201]);
});

test("nobody reads, cancels or pins what is another's", async () => {
  const { push, hold, inject, internal } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const [owner, other] = [buyerOf(eventId), buyerOf(eventId)];
  const { reservationId } = await hold(owner, [0]);
  const url = `/api/v1/reservations/${reservationId}`;
  for (const answer of [
    await inject({ method: 'GET', url, headers: other.headers }),
    await inject({ method: 'POST', url: `${url}/cancel`, headers: other.headers }),
    await internal('POST', `/internal/reservations/${reservationId}/pin`, { accountId: other.accountId }),
    await internal(
      'GET',
      `/internal/reservations/${reservationId}/returns/quote?accountId=${other.accountId}`,
    ),
  ]) {
    assert.equal(answer.statusCode, 404);
    assert.equal(codeOf(answer), 'reservation-not-found');
  }
  const own = await inject({
    method: 'GET',
    url,
    headers: { authorization: owner.headers['authorization'] },
  });
  assert.equal(own.json<Reservation>().state, 'pending', 'reading needs no entry token');
});

test('the payment window names the order in both languages, within the 100 characters of the provider', async () => {
  const { push, hold, internal } = await startTicket();
  const accountId = randomUUID();
  const nameOf = async (title: Bilingual) => {
    const eventId = await push(seatInventory(seatsOf(1, 10), { title }));
    const { reservationId } = await hold(buyerOf(eventId, { accountId }), [0, 1]);
    const pinned = await internal('POST', `/internal/reservations/${reservationId}/pin`, { accountId });
    return pinned.json<PayableReservation>().orderName;
  };
  assert.deepEqual(await nameOf({ ko: '겨울 편지', en: 'Winter Letters' }), {
    ko: '겨울 편지 2매',
    en: 'Winter Letters × 2',
  });
  const long = await nameOf({ ko: '가'.repeat(200), en: 'a'.repeat(200) });
  assert.deepEqual(long, { ko: `${'가'.repeat(97)} 2매`, en: `${'a'.repeat(96)} × 2` });
});

test('a cancelled hold is free at once; cancelling again changes nothing', async () => {
  const { push, hold, reserve, inject, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const { reservationId } = await hold(buyer, [0]);
  const cancel = () =>
    inject({ method: 'POST', url: `/api/v1/reservations/${reservationId}/cancel`, headers: buyer.headers });
  assert.equal((await cancel()).json<Reservation>().state, 'cancelled');
  assert.equal((await reserve(buyerOf(eventId), [0])).statusCode, 201);
  assert.equal((await cancel()).json<Reservation>().state, 'cancelled');
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM outbox WHERE type = 'urr.reservation.ended.v1') AS announced,
       (SELECT count(*) FROM audit_log WHERE action = 'reservation.cancel') AS audited`,
  );
  assert.deepEqual(rows, [{ announced: 1, audited: 1 }]);
});

test('my reservations come page by page, newest first', async () => {
  const { push, hold, inject } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const made = [];
  for (const seatId of [0, 1, 2]) made.unshift((await hold(buyer, [seatId])).reservationId);
  await hold(buyerOf(eventId), [5]);
  const seen: string[] = [];
  let before = '';
  do {
    const url = `/api/v1/reservations/my?limit=2${before === '' ? '' : `&before=${before}`}`;
    const page = (await inject({ method: 'GET', url, headers: buyer.headers })).json<{
      reservations: Reservation[];
      next?: string;
    }>();
    seen.push(...page.reservations.map((reservation) => reservation.reservationId));
    before = page.next ?? '';
  } while (before !== '');
  assert.deepEqual(seen, made);
});

test('best available gives every buyer of a crowd other seats, side by side', async () => {
  const { push, inject } = await startTicket({}, 2);
  const eventId = await push(seatInventory(seatsOf(4, 10)));
  const best = (buyer: Buyer, quantity: number, replica: number) =>
    inject(
      {
        method: 'POST',
        url: '/api/v1/seats/best-available',
        headers: buyer.headers,
        payload: { eventId, grade: 'R', quantity },
      },
      replica,
    );
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, replica) => best(buyerOf(eventId), 2, replica)),
  );
  const chosen = answers
    .filter((answer) => answer.statusCode === 201)
    .map((answer) => answer.json<Reservation>().seats.map((seat) => seat.seatId));
  assert.ok(chosen.length >= 18, `${chosen.length} of 20 were served`);
  assert.equal(new Set(chosen.flat()).size, 2 * chosen.length);
  assert.ok(chosen.every(([one = 0, other = 0]) => Math.abs(one - other) === 1));
  const tooMany = await best(buyerOf(eventId), 4, 0);
  if (chosen.length === 20) assert.equal(codeOf(tooMany), 'grade-sold-out');
});

test('what cannot be held is refused by its name', async () => {
  const { push, reserve, places, inject } = await startTicket();
  const seated = await push(seatInventory(seatsOf(1, 10)));
  const { ticketTypeId, inventory } = poolInventory(5);
  const standing = await push(inventory);
  assert.equal(codeOf(await reserve(buyerOf(randomUUID()), [0])), 'event-not-found');
  assert.equal(codeOf(await reserve(buyerOf(seated), [10])), 'seats-unknown');
  assert.equal(codeOf(await reserve(buyerOf(standing), [0])), 'seats-unknown');
  assert.equal(codeOf(await reserve(buyerOf(seated), [0, 0])), 'invalid-input');
  assert.equal(codeOf(await reserve(buyerOf(seated), [])), 'invalid-input');
  assert.equal(codeOf(await reserve(buyerOf(seated), [1e12])), 'invalid-input');
  assert.equal(codeOf(await places(buyerOf(standing), randomUUID(), 1)), 'ticket-type-unknown');
  assert.equal(codeOf(await places(buyerOf(seated), ticketTypeId, 1)), 'ticket-type-unknown');
  assert.equal(codeOf(await places(buyerOf(standing), ticketTypeId, 5)), 'limit-reached');
  const cancelled = await push(seatInventory(seatsOf(1, 10), { cancelled: true }));
  assert.equal(codeOf(await reserve(buyerOf(cancelled), [0])), 'sale-cancelled');
  const past = { saleOpensAt: '2020-01-01T00:00:00Z', saleEndsAt: '2020-01-02T00:00:00Z' };
  const over = await push(seatInventory(seatsOf(1, 10), past));
  assert.equal(codeOf(await reserve(buyerOf(over), [0])), 'sale-over');
  const nobody = await inject({ method: 'POST', url: '/api/v1/seats/reserve', payload: {} });
  assert.equal(nobody.statusCode, 401);
});
