import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { type Buyer, buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

const hourMs = 3_600_000;
const cutoffHours = 24;

async function boughtBeforeShow(hours: number) {
  const fixture = await startTicket({ RETURN_CUTOFF_HOURS: String(cutoffHours) });
  const startsAt = new Date(Date.now() + hours * hourMs).toISOString();
  const inventory = seatInventory(seatsOf(1, 4), { startsAt, saleEndsAt: startsAt });
  const eventId = await fixture.push(inventory);
  const buyer = buyerOf(eventId);
  const reservation = await fixture.hold(buyer, [0, 1]);
  await fixture.confirm(reservation, buyer);
  const beginReturn = () =>
    fixture.internal('POST', `/internal/reservations/${reservation.reservationId}/returns`, {
      accountId: buyer.accountId,
      refundId: randomUUID(),
    });
  return { ...fixture, inventory, startsAt, buyer, reservation, beginReturn };
}

function deadlineOf(startsAt: string): string {
  return new Date(Date.parse(startsAt) - cutoffHours * hourMs).toISOString();
}

function read(inject: Awaited<ReturnType<typeof startTicket>>['inject'], buyer: Buyer, path: string) {
  return inject({ method: 'GET', url: `/api/v1/${path}`, headers: buyer.headers });
}

test('a hold names its refund deadline before it is paid, and until then tickets go back', async () => {
  const { inject, buyer, reservation, startsAt, beginReturn } = await boughtBeforeShow(cutoffHours + 1);
  assert.equal(reservation.refundableUntil, deadlineOf(startsAt));
  const paid = await read(inject, buyer, `reservations/${reservation.reservationId}`);
  assert.equal(paid.json<Reservation>().refundableUntil, deadlineOf(startsAt));
  const { tickets } = (await read(inject, buyer, 'tickets/my')).json<{ tickets: Reservation[] }>();
  assert.deepEqual(
    tickets.map((ticket) => ticket.refundableUntil),
    [deadlineOf(startsAt), deadlineOf(startsAt)],
  );
  const answer = await beginReturn();
  assert.equal(answer.statusCode, 200, answer.body);
});

test('past the deadline that a hold names no ticket goes back', async () => {
  const { reservation, beginReturn } = await boughtBeforeShow(cutoffHours - 1);
  assert.ok(Date.parse(reservation.refundableUntil ?? '') < Date.now());
  const answer = await beginReturn();
  assert.equal(answer.json<{ code: string }>().code, 'return-too-late', answer.body);
});

test('a cancelled show names no deadline: everything goes back', async () => {
  const { inject, push, buyer, reservation, inventory } = await boughtBeforeShow(cutoffHours - 1);
  await push({ ...inventory, revision: 2, cancelled: true }, buyer.eventId);
  const { refundableUntil } = (
    await read(inject, buyer, `reservations/${reservation.reservationId}`)
  ).json<Reservation>();
  assert.equal(refundableUntil, undefined);
});
