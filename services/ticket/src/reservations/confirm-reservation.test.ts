import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type DomainEventData, reservationConfirmed } from '@urr/contracts/domain-events.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  buyerOf,
  capturedPayment,
  poolInventory,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';

const title = { ko: '한강의 밤', en: 'A Night by the Han' };
const venue = { ko: '강변 무대', en: 'Riverside Stage' };
const startsAt = '2040-05-01T10:00:00.000Z';
const show = { title, venue, startsAt };
/** Opens the event that it holds places of; the other replica never does. */
const holder = 1;
const stranger = 0;

async function announced({ pool }: TicketFixture, { reservationId }: Reservation) {
  const { rows } = await pool.query<{ data: DomainEventData<typeof reservationConfirmed> }>(
    'SELECT data FROM outbox WHERE type = $1 AND subject = $2',
    [reservationConfirmed.type, reservationId],
  );
  const { show, seats, places } = rows[0]?.data ?? assert.fail('nothing was announced');
  return { show, seats, places };
}

test('a confirmation on a replica that has never opened the event tells show and seats', async () => {
  const fixture = await startTicket({}, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(2, 5), show));
  const buyer = buyerOf(eventId);
  const held = await fixture.hold(buyer, [1, 7], { replica: holder });
  const answer = await fixture.confirm(held, buyer, { replica: stranger });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.deepEqual(await announced(fixture, held), {
    show,
    seats: [
      { section: 'FLOOR', row: '1', seat: '2', grade: 'R' },
      { section: 'FLOOR', row: '2', seat: '3', grade: 'R' },
    ],
    places: [],
  });
});

test('so does one that is told by an event, of standing places', async () => {
  const fixture = await startTicket({}, 2);
  const { ticketTypeId, inventory } = poolInventory(10, show);
  const eventId = await fixture.push(inventory);
  const buyer = buyerOf(eventId);
  const held = (await fixture.places(buyer, ticketTypeId, 3, { replica: holder })).json<Reservation>();
  // The bus is heard by the first replica alone.
  await fixture.bus.publish('payment-events', [capturedPayment(held, buyer)]);
  const places = [{ name: { ko: '스탠딩', en: 'Standing' }, quantity: 3 }];
  assert.deepEqual(await announced(fixture, held), { show, seats: [], places });
});

test('a reservation is confirmed under its own event alone', async () => {
  const fixture = await startTicket();
  const [eventId, otherId] = [
    await fixture.push(seatInventory(seatsOf(1, 5))),
    await fixture.push(seatInventory(seatsOf(1, 5))),
  ];
  const buyer = buyerOf(eventId);
  const held = await fixture.hold(buyer, [0]);
  for (const wrongId of [otherId, randomUUID()]) {
    const answer = await fixture.confirm(held, { ...buyer, eventId: wrongId });
    assert.equal(answer.json<{ code: string }>().code, 'reservation-not-found');
  }
  assert.equal((await fixture.confirm(held, buyer)).statusCode, 200);
});
