import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Inventory } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  type Buyer,
  buyerOf,
  capturedPayment,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';

const lost = { outcome: 'lost' };

async function pin({ internal }: TicketFixture, { reservationId }: Reservation, { accountId }: Buyer) {
  return internal('POST', `/internal/reservations/${reservationId}/pin`, { accountId });
}

/** An event with a buyer who holds two of its places. */
async function heldEvent(kind: 'seats' | 'pools', settings: Record<string, string> = {}) {
  const fixture = await startTicket(settings);
  const standing = poolInventory(10);
  const inventory: Inventory = kind === 'seats' ? seatInventory(seatsOf(1, 10)) : standing.inventory;
  const eventId = await fixture.push(inventory);
  const buyer = buyerOf(eventId);
  const held =
    kind === 'seats'
      ? await fixture.hold(buyer, [0, 1])
      : (await fixture.places(buyer, standing.ticketTypeId, 2)).json<Reservation>();
  const cancelEvent = () => fixture.push({ ...inventory, cancelled: true }, eventId);
  return { fixture, buyer, held, eventId, cancelEvent };
}

for (const kind of ['seats', 'pools'] as const) {
  test(`a hold of a cancelled event (${kind}) is not pinned, and money for it is lost and its places go back`, async () => {
    const { fixture, buyer, held, cancelEvent } = await heldEvent(kind);
    await cancelEvent();
    const refused = await pin(fixture, held, buyer);
    assert.deepEqual([refused.statusCode, refused.json<{ code: string }>().code], [409, 'sale-cancelled']);
    const paymentId = randomUUID();
    assert.deepEqual((await fixture.confirm(held, buyer, { paymentId })).json(), lost);
    assert.deepEqual((await fixture.confirm(held, buyer, { paymentId })).json(), lost, 'so it stays');
    const { rows } = await fixture.pool.query(
      `SELECT (SELECT count(*) FROM tickets) AS tickets, (SELECT count(*) FROM seats WHERE state <> 'available') AS seats,
         (SELECT coalesce(sum(sold + held), 0) FROM pools) AS places, (SELECT state FROM reservations) AS state,
         (SELECT array_agg(type ORDER BY position) FROM outbox WHERE type <> 'urr.reservation.created.v1') AS told`,
    );
    const told = ['urr.reservation.ended.v1', 'urr.reservation.lost.v1'];
    assert.deepEqual(rows, [{ tickets: 0, seats: 0, places: 0, state: 'cancelled', told }]);
  });
}

test('nor does money that comes by event, or after the pin, or after the hold, buy anything', async () => {
  const { fixture, buyer, held, eventId, cancelEvent } = await heldEvent('seats', { HOLD_SECONDS: '1' });
  const other = buyerOf(eventId);
  const expired = await fixture.hold(other, [4]);
  assert.equal((await pin(fixture, held, buyer)).statusCode, 200);
  await sleep(1_050);
  await cancelEvent();
  const captured = capturedPayment(held, buyer, { acceptEqualSeats: true });
  await fixture.bus.publish('payment-events', [captured]);
  assert.deepEqual((await fixture.confirm(expired, other, { acceptEqualSeats: true })).json(), lost);
  const { rows } = await fixture.pool.query(
    `SELECT count(*) AS lost, (SELECT count(*) FROM tickets) AS tickets FROM outbox WHERE type = 'urr.reservation.lost.v1'`,
  );
  assert.deepEqual(rows, [{ lost: 2, tickets: 0 }]);
});

test('control: the same hold of an event that goes on is pinned and sold', async () => {
  const { fixture, buyer, held } = await heldEvent('seats');
  assert.equal((await pin(fixture, held, buyer)).statusCode, 200);
  assert.notDeepEqual((await fixture.confirm(held, buyer)).json(), lost);
});
