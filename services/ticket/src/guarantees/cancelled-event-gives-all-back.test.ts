import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  type DomainEventData,
  paymentRefunded,
  refundOrdered,
  refundRejected,
} from '@urr/contracts/domain-events.ts';
import type { Fulfilment, Inventory } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  type Buyer,
  buyerOf,
  paymentEvent,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';

type Order = DomainEventData<typeof refundOrdered>;

interface Bought {
  readonly buyer: Buyer;
  readonly reservation: Reservation;
  readonly paymentId: string;
  readonly ticketIds: string[];
}

async function pay(fixture: TicketFixture, buyer: Buyer, reservation: Reservation): Promise<Bought> {
  const paymentId = randomUUID();
  const fulfilment = (await fixture.confirm(reservation, buyer, { paymentId })).json<Fulfilment>();
  assert.ok(fulfilment.outcome === 'issued');
  return { buyer, reservation, paymentId, ticketIds: fulfilment.ticketIds };
}

async function buySeats(fixture: TicketFixture, eventId: string, seatIds: number[]): Promise<Bought> {
  const buyer = buyerOf(eventId);
  return pay(fixture, buyer, await fixture.hold(buyer, seatIds));
}

/** A hall that sells, with a way to cancel it; sweeps are quick unless said otherwise. */
async function sellingEvent(rows = 1, settings: Record<string, string> = {}, replicas = 1) {
  const fixture = await startTicket({ SWEEP_INTERVAL_MS: '20', ...settings }, replicas);
  const inventory: Inventory = seatInventory(seatsOf(rows, 10));
  const eventId = await fixture.push(inventory);
  const cancelEvent = () => fixture.push({ ...inventory, cancelled: true }, eventId);
  return { fixture, eventId, cancelEvent };
}

async function ordersOf({ pool }: TicketFixture): Promise<Order[]> {
  const { rows } = await pool.query<{ data: Order }>(
    `SELECT data FROM outbox WHERE type = $1 ORDER BY position`,
    [refundOrdered.type],
  );
  return rows.map(({ data }) => data);
}

async function statesOf({ pool }: TicketFixture): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; total: number }>(
    `SELECT state, count(*)::int AS total FROM tickets GROUP BY state`,
  );
  return Object.fromEntries(rows.map(({ state, total }) => [state, total]));
}

const untilNoneIsValid = (fixture: TicketFixture) =>
  waitUntil(async () => (await statesOf(fixture))['valid'] === undefined, { what: 'no valid ticket' });

const refunded = (fixture: TicketFixture, order: Order) =>
  fixture.bus.publish('payment-events', [paymentEvent(paymentRefunded.type, order)]);

const beginReturn = (fixture: TicketFixture, { buyer, reservation }: Bought, ticketIds?: string[]) => {
  const refundId = randomUUID();
  const body = { refundId, accountId: buyer.accountId, ...(ticketIds === undefined ? {} : { ticketIds }) };
  return fixture
    .internal('POST', `/internal/reservations/${reservation.reservationId}/returns`, body)
    .then((response) => ({ refundId, response }));
};

test('a cancelled event orders one refund a reservation, however often it is pushed and by however many swept', async () => {
  const { fixture, eventId, cancelEvent } = await sellingEvent(1, {}, 3);
  const bought = await Promise.all(
    [[0, 1], [2], [3, 4, 5]].map((seats) => buySeats(fixture, eventId, seats)),
  );
  await Promise.all([cancelEvent(), cancelEvent()]);
  await untilNoneIsValid(fixture);
  await cancelEvent();
  const orders = await ordersOf(fixture);
  const told = new Map(orders.map((order) => [order.paymentId, order]));
  assert.equal(orders.length, 3);
  for (const { paymentId, reservation, ticketIds, buyer } of bought) {
    const order = told.get(paymentId);
    assert.ok(order !== undefined);
    const { reservationId, amount } = reservation;
    const { accountId } = buyer;
    const { refundId } = order;
    const expected = {
      reservationId,
      eventId,
      accountId,
      paymentId,
      refundId,
      ticketIds: ticketIds.sort(),
      amount,
      title: { ko: '겨울 편지', en: 'Winter Letters' },
    };
    assert.deepEqual(order, expected);
  }
  const { rows } = await fixture.pool.query(
    `SELECT (SELECT count(*) FROM returns WHERE state = 'open')::int AS open,
       (SELECT count(*) FROM audit_log WHERE action = 'tickets.recall')::int AS audited`,
  );
  assert.deepEqual(rows, [{ open: 3, audited: 3 }]);
});

test('once the money is back every ticket is returned, places of a pool too, and nothing is ordered again', async () => {
  const fixture = await startTicket({ SWEEP_INTERVAL_MS: '20' });
  const { ticketTypeId, inventory } = poolInventory(20);
  const eventId = await fixture.push(inventory);
  for (let count = 0; count < 4; count += 1) {
    const buyer = buyerOf(eventId);
    await pay(fixture, buyer, (await fixture.places(buyer, ticketTypeId, 3)).json<Reservation>());
  }
  await fixture.push({ ...inventory, cancelled: true }, eventId);
  await untilNoneIsValid(fixture);
  for (const order of await ordersOf(fixture)) await refunded(fixture, order);
  for (const order of await ordersOf(fixture)) await refunded(fixture, order);
  assert.deepEqual(await statesOf(fixture), { returned: 12 });
  assert.equal((await ordersOf(fixture)).length, 4);
  const { rows } = await fixture.pool.query(
    `SELECT (SELECT sold FROM pools) AS sold, (SELECT count(*) FROM returns WHERE state = 'returned')::int AS ended,
       (SELECT count(*) FROM outbox WHERE type = 'urr.reservation.returned.v1')::int AS told`,
  );
  assert.deepEqual(rows, [{ sold: 0, ended: 4, told: 4 }]);
});

test('a used ticket stays used, and one that its buyer gives back is not ordered a second time', async () => {
  const { fixture, eventId, cancelEvent } = await sellingEvent();
  const [visited, returning] = [
    await buySeats(fixture, eventId, [0, 1]),
    await buySeats(fixture, eventId, [2, 3]),
  ];
  await fixture.pool.query(`UPDATE tickets SET state = 'used', used_at = now() WHERE ticket_id = $1`, [
    visited.ticketIds[0],
  ]);
  const own = await beginReturn(fixture, returning, returning.ticketIds.slice(0, 1));
  assert.equal(own.response.statusCode, 200);
  await cancelEvent();
  await untilNoneIsValid(fixture);
  const orders = await ordersOf(fixture);
  const told = new Set(orders.flatMap(({ ticketIds }) => ticketIds));
  assert.deepEqual(told, new Set([visited.ticketIds[1], returning.ticketIds[1]]));
  assert.deepEqual(await statesOf(fixture), { used: 1, returning: 3 });

  // The provider refuses the buyer's own: the ticket is valid again, so the next look orders it, once.
  const { reservationId } = returning.reservation;
  const rejection = { reservationId, refundId: own.refundId, ticketIds: returning.ticketIds.slice(0, 1) };
  await fixture.bus.publish('payment-events', [paymentEvent(refundRejected.type, rejection)]);
  await untilNoneIsValid(fixture);
  assert.equal((await ordersOf(fixture)).length, 3);
});

test('returns begun and sales confirmed at the very moment of the cancellation leave each ticket under one refund', async () => {
  const { fixture, eventId, cancelEvent } = await sellingEvent(4);
  const bought = await Promise.all(
    Array.from({ length: 10 }, (_, index) => buySeats(fixture, eventId, [2 * index, 2 * index + 1])),
  );
  const holds = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const buyer = buyerOf(eventId);
      return { buyer, reservation: await fixture.hold(buyer, [20 + index]) };
    }),
  );
  const [, own, confirmed] = await Promise.all([
    cancelEvent(),
    Promise.all(bought.map((one) => beginReturn(fixture, one))),
    Promise.all(
      holds.map(async ({ buyer, reservation }) =>
        (await fixture.confirm(reservation, buyer)).json<Fulfilment>(),
      ),
    ),
  ]);
  await untilNoneIsValid(fixture);
  const issued = confirmed.filter(({ outcome }) => outcome === 'issued').length;
  assert.deepEqual(await statesOf(fixture), { returning: 20 + issued });
  const { rows } = await fixture.pool.query<{ ids: string[] }>(`SELECT ticket_ids AS ids FROM returns`);
  const locked = rows.flatMap(({ ids }) => ids);
  assert.equal(locked.length, 20 + issued);
  assert.equal(new Set(locked).size, locked.length, 'no ticket is under two refunds');
  const ownReturns = own.filter(({ response }) => response.statusCode === 200).length;
  assert.equal((await ordersOf(fixture)).length, 10 - ownReturns + issued);
});

test('tickets issued by a confirmation that overtook the cancellation are found by the next look', async () => {
  const { fixture, eventId, cancelEvent } = await sellingEvent();
  await cancelEvent();
  // As such a confirmation leaves it: it read the event before the push, and commits after the sweep.
  const late = randomUUID();
  await fixture.pool.query(
    `INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items, created_at, held_until)
     VALUES ($1, $2, gen_random_uuid(), 'confirmed', 1, 50000, '{7}', '[]', now(), now())`,
    [late, eventId],
  );
  await fixture.pool.query(
    `INSERT INTO tickets (ticket_id, event_id, reservation_id, payment_id, account_id, seat_id, grade, price, code, totp_secret)
     VALUES (gen_random_uuid(), $2, $1, gen_random_uuid(), gen_random_uuid(), 7, 'R', 50000, 'LATE', '')`,
    [late, eventId],
  );
  await untilNoneIsValid(fixture);
  assert.deepEqual(
    (await ordersOf(fixture)).map(({ reservationId, amount }) => [reservationId, amount]),
    [[late, 50_000]],
  );
});

test('a full house is paged through: the push answers at once, every look is bounded', async () => {
  const { fixture, eventId, cancelEvent } = await sellingEvent(60, { SWEEP_INTERVAL_MS: '200' });
  await fixture.pool.query(
    `INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items, created_at, held_until)
     SELECT gen_random_uuid(), $1, gen_random_uuid(), 'confirmed', 1, 1000, ARRAY[n], '[]', now(), now() FROM generate_series(0, 599) n`,
    [eventId],
  );
  await fixture.pool.query(
    `INSERT INTO tickets (ticket_id, event_id, reservation_id, payment_id, account_id, seat_id, grade, price, code, totp_secret)
     SELECT gen_random_uuid(), event_id, reservation_id, gen_random_uuid(), account_id, seat_ids[1], 'R', 1000, reservation_id::text, ''
     FROM reservations WHERE event_id = $1`,
    [eventId],
  );
  await cancelEvent();
  const sizes = new Set<number>();
  await waitUntil(
    async () => {
      const { rows } = await fixture.pool.query<{ size: number }>(
        `SELECT count(*)::int AS size FROM returns GROUP BY begun_at`,
      );
      for (const { size } of rows) sizes.add(size);
      return (await statesOf(fixture))['valid'] === undefined;
    },
    { what: 'the whole house to be ordered' },
  );
  assert.equal((await ordersOf(fixture)).length, 600);
  assert.ok(
    [...sizes].every((size) => size <= 200),
    [...sizes].join(),
  );
});

test('control: without the sweep a cancelled event keeps its tickets valid and nobody is told', async () => {
  const { fixture, eventId, cancelEvent } = await sellingEvent(1, { SWEEP_INTERVAL_MS: '600000' });
  await buySeats(fixture, eventId, [0, 1]);
  await cancelEvent();
  assert.deepEqual(await statesOf(fixture), { valid: 2 });
  assert.deepEqual(await ordersOf(fixture), []);
});

test('control: an event that goes on keeps its tickets', async () => {
  const { fixture, eventId } = await sellingEvent();
  await buySeats(fixture, eventId, [0, 1]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(await statesOf(fixture), { valid: 2 });
});
