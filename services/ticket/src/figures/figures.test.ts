import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { SaleFigures } from '@urr/contracts/ticket-figures.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  type Buyer,
  buyerOf,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
} from '../ticket.fixture.ts';

const ticket = await startTicket();
const organiser = (accountId: string) => buyerOf(randomUUID(), { accountId, role: 'organiser' });
const read = (eventId: string, who: Buyer) =>
  ticket.inject({ method: 'GET', url: `/api/v1/seats/events/${eventId}/figures`, headers: who.headers });
const figuresOf = async (eventId: string, who: Buyer) => (await read(eventId, who)).json<SaleFigures>();

test('an organiser sees places by grade, reservations by state and the revenue of their own event', async () => {
  const ownerId = randomUUID();
  const seats = [...seatsOf(1, 6, 'R'), ...seatsOf(1, 4, 'S')];
  const eventId = await ticket.push(seatInventory(seats, { ownerId }));
  const [held, bought, gaveBack] = [buyerOf(eventId), buyerOf(eventId), buyerOf(eventId)];
  await ticket.hold(held, [0, 1]);
  await ticket.confirm(await ticket.hold(bought, [2]), bought);
  const { reservationId } = await ticket.hold(gaveBack, [6]);
  const cancel = `/api/v1/reservations/${reservationId}/cancel`;
  await ticket.inject({ method: 'POST', url: cancel, headers: gaveBack.headers });
  await waitUntil(async () => (await figuresOf(eventId, organiser(ownerId))).grades[0]?.sold === 1);
  const { now, ...figures } = await figuresOf(eventId, organiser(ownerId));
  assert.ok(Math.abs(Date.parse(now) - Date.now()) < 5_000);
  assert.deepEqual(figures, {
    eventId,
    grades: [
      { grade: 'R', total: 6, held: 2, sold: 1, left: 3 },
      { grade: 'S', total: 4, held: 0, sold: 0, left: 4 },
    ],
    holds: 1,
    paying: 0,
    confirmed: 1,
    expired: 0,
    cancelled: 1,
    revenue: 50_000,
  });
});

test('places of pools are counted as seats are', async () => {
  const ownerId = randomUUID();
  const { ticketTypeId, inventory } = poolInventory(10, { ownerId });
  const eventId = await ticket.push(inventory);
  const [holder, buyer] = [buyerOf(eventId), buyerOf(eventId)];
  await ticket.places(holder, ticketTypeId, 3);
  const paid = await ticket.places(buyer, ticketTypeId, 2);
  await ticket.confirm(paid.json(), buyer);
  const expected = [{ grade: 'STANDING', total: 10, held: 3, sold: 2, left: 5 }];
  await waitUntil(async () => (await figuresOf(eventId, organiser(ownerId))).grades[0]?.sold === 2);
  assert.deepEqual((await figuresOf(eventId, organiser(ownerId))).grades, expected);
});

test('another organiser, a fan and a stranger learn nothing; an admin sees every event', async () => {
  const ownerId = randomUUID();
  const eventId = await ticket.push(seatInventory(seatsOf(1, 2), { ownerId }));
  for (const who of [organiser(randomUUID()), buyerOf(eventId, { accountId: ownerId })]) {
    const refused = await read(eventId, who);
    assert.deepEqual([refused.statusCode, refused.json<{ code: string }>().code], [403, 'forbidden']);
  }
  assert.equal((await read(eventId, { ...organiser(ownerId), headers: {} })).statusCode, 401);
  assert.equal((await read(eventId, buyerOf(eventId, { role: 'admin' }))).statusCode, 200);
  const nowhere = await read(randomUUID(), organiser(ownerId));
  assert.equal(nowhere.json<{ code: string }>().code, 'event-not-found');
});

test('payment learns whose event it is', async () => {
  const ownerId = randomUUID();
  const eventId = await ticket.push(seatInventory(seatsOf(1, 2), { ownerId }));
  const answer = await ticket.internal('GET', `/internal/events/${eventId}/owner`);
  assert.deepEqual(answer.json(), { ownerId });
  assert.equal((await ticket.internal('GET', `/internal/events/${randomUUID()}/owner`)).statusCode, 404);
});
