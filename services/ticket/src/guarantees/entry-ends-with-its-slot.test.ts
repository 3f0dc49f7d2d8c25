import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { slotReleased } from '@urr/contracts/domain-events.ts';
import type { Fulfilment } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { Secret } from '@urr/platform/secret.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { pruneEndedSlots } from '../entry/ended-slots.ts';
import type { TicketTables } from '../tables.ts';
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

interface Admitted extends Buyer {
  readonly slotId: string;
}

/** Somebody admitted, and the slot that was given. */
function admit(eventId: string, accountId: string = randomUUID()): Admitted {
  const slotId = randomUUID();
  return { ...buyerOf(eventId, { accountId, slotId }), slotId };
}

/** What queue-service announces when a slot is given back. */
function released({ eventId, accountId, slotId }: Admitted, endsInMs = 600_000) {
  const endsAt = new Date(Date.now() + endsInMs).toISOString();
  return paymentEvent(slotReleased.type, { eventId, accountId, slotId, endsAt, reason: 'left' });
}

const codeOf = (answer: { json: <Body>() => Body }) => answer.json<{ code?: string }>().code;

async function pay({ internal, confirm }: TicketFixture, buyer: Buyer, reservation: Reservation) {
  const url = `/internal/reservations/${reservation.reservationId}/pin`;
  const pinned = await internal('POST', url, { accountId: buyer.accountId });
  assert.equal(pinned.statusCode, 200, pinned.body);
  return (await confirm(reservation, buyer)).json<Fulfilment>();
}

test('a slot that was given back opens nothing more, on every replica and for every kind of hold', async () => {
  const fixture = await startTicket({}, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(2, 10)));
  const standing = poolInventory(10);
  await fixture.push(standing.inventory, randomUUID());
  const [buyer, other] = [admit(eventId), admit(eventId)];
  assert.equal((await fixture.reserve(buyer, [0])).statusCode, 201);
  const message = released(buyer);
  await fixture.bus.publish('reservation-events', [message]);
  await fixture.bus.publish('reservation-events', [message]);
  for (const replica of [0, 1]) {
    const refused = await fixture.reserve(buyer, [1], { replica });
    assert.deepEqual([refused.statusCode, codeOf(refused)], [403, 'entry-token-expired']);
    assert.equal((await fixture.reserve(other, [2 + replica], { replica })).statusCode, 201);
  }
  const best = await fixture.inject({
    method: 'POST',
    url: '/api/v1/seats/best-available',
    headers: buyer.headers,
    payload: { eventId, grade: 'R', quantity: 1 },
  });
  assert.equal(codeOf(best), 'entry-token-expired');
  assert.deepEqual((await fixture.pool.query('SELECT * FROM dead_letters')).rows, []);
});

test('the same for places of a pool', async () => {
  const fixture = await startTicket();
  const { ticketTypeId, inventory } = poolInventory(10);
  const buyer = admit(await fixture.push(inventory));
  assert.equal((await fixture.places(buyer, ticketTypeId, 1)).statusCode, 201);
  await fixture.bus.publish('reservation-events', [released(buyer)]);
  assert.equal(codeOf(await fixture.places(buyer, ticketTypeId, 1)), 'entry-token-expired');
});

test('a purchase ends its slot at once; who is admitted again buys again, up to the limit', async () => {
  const fixture = await startTicket({}, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(2, 10)));
  const first = admit(eventId);
  const bought = await pay(fixture, first, await fixture.hold(first, [0, 1]));
  assert.equal(bought.outcome, 'issued');
  assert.equal(codeOf(await fixture.reserve(first, [2], { replica: 1 })), 'entry-token-expired');
  const second = admit(eventId, first.accountId);
  assert.equal(codeOf(await fixture.reserve(second, [2, 3, 4])), 'limit-reached');
  assert.equal((await pay(fixture, second, await fixture.hold(second, [2, 3]))).outcome, 'issued');
  const third = admit(eventId, first.accountId);
  assert.equal(codeOf(await fixture.reserve(third, [4])), 'limit-reached');
  const { rows } = await fixture.pool.query(
    `SELECT data->>'slotId' AS slot FROM outbox WHERE type = 'urr.reservation.confirmed.v1' ORDER BY position`,
  );
  assert.deepEqual(
    rows,
    [{ slot: first.slotId }, { slot: second.slotId }],
    'the line learns which slot is free',
  );
});

test('what is held when the slot ends can still be paid, and its bookings be read', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const buyer = admit(eventId);
  const held = await fixture.hold(buyer, [0, 1]);
  const heldToo = await fixture.hold(buyer, [2]);
  await fixture.bus.publish('reservation-events', [released(buyer)]);
  assert.equal((await pay(fixture, buyer, held)).outcome, 'issued');
  assert.equal(
    (await pay(fixture, buyer, heldToo)).outcome,
    'issued',
    'nor does the first purchase lose the second',
  );
  const { authorization = '' } = buyer.headers;
  const my = await fixture.inject({
    method: 'GET',
    url: '/api/v1/reservations/my',
    headers: { authorization },
  });
  assert.equal(my.json<{ reservations: unknown[] }>().reservations.length, 2);
});

test('the replay of an earlier answer still answers after the slot has ended', async () => {
  const fixture = await startTicket({}, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const buyer = admit(eventId);
  const headers = { 'idempotency-key': randomUUID() };
  const held = await fixture.hold(buyer, [0], { headers });
  await fixture.bus.publish('reservation-events', [released(buyer)]);
  for (const replica of [0, 1]) {
    const replayed = await fixture.reserve(buyer, [0], { headers, replica });
    assert.equal(replayed.headers['idempotent-replayed'], 'true', replayed.body);
    assert.equal(replayed.json<Reservation>().reservationId, held.reservationId);
  }
  assert.equal(codeOf(await fixture.reserve(buyer, [1])), 'entry-token-expired');
});

test('an ended slot is forgotten an hour after its own end, no sooner', async (context) => {
  const { bus, pool, databaseUrl } = await startTicket();
  const [running, justOver, longOver] = [admit(randomUUID()), admit(randomUUID()), admit(randomUUID())];
  await bus.publish('reservation-events', [released(running)]);
  await bus.publish('reservation-events', [released(justOver, -3_500_000)]);
  await bus.publish('reservation-events', [released(longOver, -3_700_000)]);
  const database = openDatabase<TicketTables>({
    url: new Secret(databaseUrl),
    poolSize: 1,
    logger: createLogger('test', 'silent'),
  });
  context.after(() => database.close());
  await pruneEndedSlots(database.db, 1_000);
  const { rows } = await pool.query<{ slot_id: string }>('SELECT slot_id FROM ended_slots');
  assert.deepEqual(rows.map((row) => row.slot_id).toSorted(), [running.slotId, justOver.slotId].toSorted());
});

test('control: a slot nobody told of stays open until its end, whatever became of it in the line', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 10)));
  const buyer = admit(eventId);
  await fixture.bus.publish('reservation-events', [released(buyer)]);
  await fixture.pool.query('DELETE FROM ended_slots');
  assert.equal((await fixture.reserve(buyer, [0])).statusCode, 201);
});
