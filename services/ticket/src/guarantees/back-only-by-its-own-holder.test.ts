import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { paymentRefunded, refundRejected } from '@urr/contracts/domain-events.ts';
import type { Fulfilment } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  type Buyer,
  buyerOf,
  paymentEvent,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';

async function buy(fixture: TicketFixture, buyer: Buyer, seatIds: readonly number[]) {
  const reservation = await fixture.hold(buyer, seatIds);
  const fulfilment = (await fixture.confirm(reservation, buyer)).json<Fulfilment>();
  assert.ok(fulfilment.outcome === 'issued');
  return { reservation, ticketIds: fulfilment.ticketIds };
}

function refundOf(bought: { reservation: Reservation; ticketIds: string[] }, buyer: Buyer) {
  const { reservationId, eventId, amount } = bought.reservation;
  const ids = { paymentId: randomUUID(), refundId: randomUUID() };
  const facts = { reservationId, eventId, accountId: buyer.accountId, amount, ticketIds: bought.ticketIds };
  return paymentEvent(paymentRefunded.type, { ...ids, ...facts });
}

const ownerOf = async (fixture: TicketFixture, seatId: number) =>
  (await fixture.pool.query('SELECT state, reservation_id FROM seats WHERE seat_id = $1', [seatId]))
    .rows[0] as {
    state: string;
    reservation_id: string | null;
  };

test('a late refund does not free a seat that was sold again', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const [first, second] = [buyerOf(eventId), buyerOf(eventId)];
  const bought = await buy(fixture, first, [5]);
  await fixture.bus.publish('payment-events', [refundOf(bought, first)]);
  assert.equal((await ownerOf(fixture, 5)).state, 'available');
  const again = await buy(fixture, second, [5]);
  // The provider, or an operator, tells of the first refund once more, under another id.
  await fixture.bus.publish('payment-events', [refundOf(bought, first)]);
  assert.deepEqual(await ownerOf(fixture, 5), {
    state: 'sold',
    reservation_id: again.reservation.reservationId,
  });
  const { rows } = await fixture.pool.query(
    `SELECT count(*) AS returned FROM outbox WHERE type = 'urr.reservation.returned.v1'`,
  );
  assert.deepEqual(rows, [{ returned: 1 }]);
});

test('cancelling an expired reservation does not free the seat of who came after', async () => {
  const fixture = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000' });
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const [first, second] = [buyerOf(eventId), buyerOf(eventId)];
  const expired = await fixture.hold(first, [5]);
  await sleep(1_050);
  const held = await fixture.hold(second, [5]);
  const cancelled = await fixture.inject({
    method: 'POST',
    url: `/api/v1/reservations/${expired.reservationId}/cancel`,
    headers: first.headers,
  });
  assert.equal(cancelled.json<{ code: string }>().code, 'reservation-over');
  assert.deepEqual(await ownerOf(fixture, 5), { state: 'held', reservation_id: held.reservationId });
});

test('final states stay: neither cancelling, sweeping nor paying changes them', async () => {
  const fixture = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '50' });
  const eventId = await fixture.push(seatInventory(seatsOf(1, 20), { limitPerAccount: 20 }));
  const buyer = buyerOf(eventId);
  const cancel = (reservationId: string) =>
    fixture.inject({
      method: 'POST',
      url: `/api/v1/reservations/${reservationId}/cancel`,
      headers: buyer.headers,
    });
  const cancelled = await fixture.hold(buyer, [0]);
  await cancel(cancelled.reservationId);
  const confirmed = await fixture.hold(buyer, [1]);
  await fixture.confirm(confirmed, buyer);
  const expired = await fixture.hold(buyerOf(eventId, { accountId: buyer.accountId }), [2]);
  await sleep(1_300);
  const stateOf = async (id: string) =>
    (await fixture.pool.query('SELECT state FROM reservations WHERE reservation_id = $1', [id])).rows[0];
  for (const { reservationId, amount } of [cancelled, confirmed, expired]) {
    const before = await stateOf(reservationId);
    await cancel(reservationId);
    await fixture.confirm({ reservationId, amount }, buyer);
    assert.deepEqual(await stateOf(reservationId), before);
  }
  assert.deepEqual(await stateOf(cancelled.reservationId), { state: 'cancelled' });
  assert.deepEqual(await stateOf(confirmed.reservationId), { state: 'confirmed' });
  assert.deepEqual(await stateOf(expired.reservationId), { state: 'expired' });
});

test('a refund locks its tickets, frees their seats when it is paid and leaves them valid when it is not', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const bought = await buy(fixture, buyer, [0, 1]);
  const { reservationId, amount } = bought.reservation;
  const refundId = randomUUID();
  const [ticketId] = bought.ticketIds;
  const begin = () =>
    fixture.internal('POST', `/internal/reservations/${reservationId}/returns`, {
      refundId,
      accountId: buyer.accountId,
      ticketIds: [ticketId],
    });
  const begun = await begin();
  assert.deepEqual(begun.json(), { ticketIds: [ticketId], amount: 50_000 });
  assert.deepEqual((await begin()).json(), begun.json(), 'a repeat answers the same');
  const other = await fixture.internal('POST', `/internal/reservations/${reservationId}/returns`, {
    refundId: randomUUID(),
    accountId: buyer.accountId,
  });
  assert.equal(other.json<{ code: string }>().code, 'ticket-not-returnable');
  const states = async () =>
    (await fixture.pool.query<{ state: string }>('SELECT state FROM tickets ORDER BY seat_id')).rows.map(
      (row) => row.state,
    );
  assert.deepEqual(await states(), ['returning', 'valid']);
  const facts = { paymentId: randomUUID(), reservationId, eventId, accountId: buyer.accountId, amount };
  const rejected = { ...facts, refundId, ticketIds: [ticketId], code: 'NOT_CANCELABLE_PAYMENT' };
  await fixture.bus.publish('payment-events', [paymentEvent(refundRejected.type, rejected)]);
  assert.deepEqual(await states(), ['valid', 'valid']);
  await fixture.bus.publish('payment-events', [refundOf({ ...bought, ticketIds: [ticketId ?? ''] }, buyer)]);
  assert.deepEqual(await states(), ['returned', 'valid']);
  assert.equal((await ownerOf(fixture, 0)).state, 'available');
  assert.equal((await ownerOf(fixture, 1)).state, 'sold');
});

test('control: freeing a seat without asking whose it is takes it from its new owner', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const [first, second] = [buyerOf(eventId), buyerOf(eventId)];
  const bought = await buy(fixture, first, [5]);
  await fixture.bus.publish('payment-events', [refundOf(bought, first)]);
  await buy(fixture, second, [5]);
  await fixture.pool.query(
    `UPDATE seats SET state = 'available', reservation_id = NULL
     WHERE seat_id IN (SELECT seat_id FROM tickets WHERE ticket_id = ANY ($1))`,
    [bought.ticketIds],
  );
  assert.equal((await ownerOf(fixture, 5)).state, 'available');
});
