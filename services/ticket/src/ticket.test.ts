import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { buyerOf, poolInventory, seatInventory, seatsOf, startTicket } from './ticket.fixture.ts';

test('a buyer goes from an empty hall to tickets', async () => {
  const { push, hold, internal, confirm, inject, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(4, 10)));
  const buyer = buyerOf(eventId);
  const reservation = await hold(buyer, [3, 4]);
  assert.equal(reservation.amount, 100_000);
  assert.deepEqual(
    reservation.seats.map((seat) => [seat.seatId, seat.row, seat.seat]),
    [
      [3, '1', '4'],
      [4, '1', '5'],
    ],
  );
  const pinned = await internal('POST', `/internal/reservations/${reservation.reservationId}/pin`, {
    accountId: buyer.accountId,
  });
  assert.equal(pinned.statusCode, 200, pinned.body);
  assert.ok(pinned.json<{ expiresAt: string }>().expiresAt > reservation.expiresAt);
  const confirmed = await confirm(reservation, buyer);
  assert.equal(confirmed.statusCode, 200, confirmed.body);
  assert.equal(confirmed.json<{ ticketIds: string[] }>().ticketIds.length, 2);
  const read = await inject({
    method: 'GET',
    url: `/api/v1/reservations/${reservation.reservationId}`,
    headers: buyer.headers,
  });
  assert.equal(read.json<Reservation>().state, 'confirmed');
  const { rows } = await pool.query('SELECT seat_id, state FROM seats WHERE reservation_id = $1 ORDER BY 1', [
    reservation.reservationId,
  ]);
  assert.deepEqual(rows, [
    { seat_id: 3, state: 'sold' },
    { seat_id: 4, state: 'sold' },
  ]);
});

test('places of a pool go the same way', async () => {
  const { push, places, confirm, pool } = await startTicket();
  const { ticketTypeId, inventory } = poolInventory(10);
  const eventId = await push(inventory);
  const buyer = buyerOf(eventId);
  const held = await places(buyer, ticketTypeId, 3);
  assert.equal(held.statusCode, 201, held.body);
  const reservation = held.json<Reservation>();
  assert.equal(reservation.amount, 90_000);
  const confirmed = await confirm(reservation, buyer);
  assert.equal(confirmed.json<{ ticketIds: string[] }>().ticketIds.length, 3);
  const { rows } = await pool.query('SELECT sold, held FROM pools');
  assert.deepEqual(rows, [{ sold: 3, held: 0 }]);
});
