import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fulfilment } from '@urr/contracts/ticket-internal.ts';
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

const brief = { HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000' };
const lost = { outcome: 'lost' };

/** Cancels a hold as its buyer. */
async function cancel({ inject }: TicketFixture, buyer: Buyer, { reservationId }: Reservation) {
  const url = `/api/v1/reservations/${reservationId}/cancel`;
  const answer = await inject({ method: 'POST', url, headers: buyer.headers });
  assert.equal(answer.statusCode, 200, answer.body);
}

/** Another admission of the same account. */
const again = (buyer: Buyer) => buyerOf(buyer.eventId, { accountId: buyer.accountId });

/** Living tickets of an account. */
async function ticketsOf({ pool }: TicketFixture, { accountId }: Buyer): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM tickets WHERE account_id = $1 AND state <> 'returned'`,
    [accountId],
  );
  return Number(rows[0]?.count);
}

test('cancelling while paying, over and over, never gets more than the limit: a cancelled hold is never replaced', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(4, 4)));
  const buyer = buyerOf(eventId);
  for (const row of [0, 4, 8, 12]) {
    const held = await fixture.hold(buyer, [row, row + 1, row + 2, row + 3]);
    await cancel(fixture, buyer, held);
    const fulfilment = await fixture.confirm(held, buyer, { acceptEqualSeats: true });
    assert.deepEqual(fulfilment.json(), lost);
  }
  assert.equal(await ticketsOf(fixture, buyer), 0);
  const { rows } = await fixture.pool.query(
    `SELECT count(*) AS lost FROM outbox WHERE type = 'urr.reservation.lost.v1'`,
  );
  assert.deepEqual(rows, [{ lost: 4 }], 'the money of each goes back by itself');
});

test('money for a cancelled hold that comes by event is lost too', async () => {
  const fixture = await startTicket();
  const eventId = await fixture.push(seatInventory(seatsOf(1, 4)));
  const buyer = buyerOf(eventId);
  const held = await fixture.hold(buyer, [0, 1]);
  await cancel(fixture, buyer, held);
  const captured = capturedPayment(held, buyer, { acceptEqualSeats: true });
  await fixture.bus.publish('payment-events', [captured]);
  assert.equal(await ticketsOf(fixture, buyer), 0);
});

for (const kind of ['its own seats', 'the same seats, free again', 'equal seats', 'pool places'] as const) {
  test(`late money for an expired hold sells ${kind} only within the limit`, async () => {
    const fixture = await startTicket(brief);
    const { ticketTypeId, inventory } = poolInventory(40);
    const isPool = kind === 'pool places';
    const eventId = await fixture.push(isPool ? inventory : seatInventory(seatsOf(4, 10)));
    const buyer = buyerOf(eventId);
    const late = isPool
      ? (await fixture.places(buyer, ticketTypeId, 4)).json<Reservation>()
      : await fixture.hold(buyer, [0, 1, 2, 3]);
    await sleep(1_050);
    if (kind === 'the same seats, free again')
      await fixture.pool.query(`UPDATE reservations SET state = 'expired', ended_at = clock_timestamp()`);
    if (kind === 'equal seats') await fixture.hold(buyerOf(eventId), [0]);
    const next = isPool
      ? (await fixture.places(buyer, ticketTypeId, 1)).json<Reservation>()
      : await fixture.hold(buyer, [10]);
    const options = { acceptEqualSeats: kind === 'equal seats' };
    assert.deepEqual((await fixture.confirm(late, buyer, options)).json(), lost, 'a live hold counts');
    await fixture.confirm(next, buyer);
    const other = buyerOf(eventId);
    const lateToo = isPool
      ? (await fixture.places(other, ticketTypeId, 4)).json<Reservation>()
      : await fixture.hold(other, [20, 21, 22, 23]);
    await sleep(1_050);
    if (kind === 'equal seats') await fixture.hold(buyerOf(eventId), [20]);
    const sold = (await fixture.confirm(lateToo, other, options)).json<Fulfilment>();
    assert.equal(sold.outcome, 'issued', 'within the limit late money still buys');
    assert.equal(await ticketsOf(fixture, buyer), 1);
  });
}

test('late confirmations of many expired holds at once, on two replicas and beside new holds, stay within the limit', async () => {
  const fixture = await startTicket(brief, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(6, 4)));
  const buyer = buyerOf(eventId);
  const late: Reservation[] = [];
  for (const row of [0, 4, 8, 12]) {
    late.push(await fixture.hold(buyer, [row, row + 1, row + 2, row + 3]));
    await sleep(1_050);
  }
  await Promise.all([
    ...late.map((reservation, replica) => fixture.confirm(reservation, buyer, { replica })),
    fixture.reserve(again(buyer), [16, 17, 18, 19], { replica: 0 }),
    fixture.reserve(again(buyer), [20, 21, 22, 23], { replica: 1 }),
  ]);
  const { rows } = await fixture.pool.query(
    `SELECT count(*) AS live FROM seats
     WHERE state = 'sold' OR state = 'held' AND held_until > clock_timestamp()`,
  );
  assert.deepEqual(rows, [{ live: 4 }]);
});

test('a pin waits for the holds of its account that are being decided, and is refused if its own ended meanwhile', async () => {
  const fixture = await startTicket(brief);
  const eventId = await fixture.push(seatInventory(seatsOf(2, 4)));
  const buyer = buyerOf(eventId);
  const held = await fixture.hold(buyer, [0, 1, 2, 3]);
  const client = await fixture.pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT lock_accounts(ARRAY[$1::uuid])', [buyer.accountId]);
  const pinning = fixture.internal('POST', `/internal/reservations/${held.reservationId}/pin`, {
    accountId: buyer.accountId,
  });
  await sleep(1_050);
  await client.query('COMMIT');
  client.release();
  assert.equal((await pinning).json<{ code: string }>().code, 'reservation-over');
});

test('control: without counting, each late payment of one account sells its seats again', async () => {
  const fixture = await startTicket(brief);
  const eventId = await fixture.push(seatInventory(seatsOf(2, 4), { limitPerAccount: 4 }));
  const buyer = buyerOf(eventId);
  const first = await fixture.hold(buyer, [0, 1, 2, 3]);
  await sleep(1_050);
  const second = await fixture.hold(buyer, [4, 5, 6, 7]);
  await fixture.pool.query('UPDATE events SET limit_per_account = 1000');
  await fixture.confirm(first, buyer);
  await fixture.confirm(second, buyer);
  assert.equal(await ticketsOf(fixture, buyer), 8);
});
