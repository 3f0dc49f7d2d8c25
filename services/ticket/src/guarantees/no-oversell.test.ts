import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { paymentRefunded } from '@urr/contracts/domain-events.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import type pg from 'pg';
import {
  type Buyer,
  buyerOf,
  paymentEvent,
  seatInventory,
  seatsOf,
  startTicket,
  type TicketFixture,
} from '../ticket.fixture.ts';

const seatCount = 30;
const workers = 16;
const stepsEach = 40;

/** Seats with more than one live claim: two living tickets, two live holds, or a hold on a sold seat. */
async function doubleClaims(pool: pg.Pool): Promise<unknown[]> {
  const { rows } = await pool.query(`
    SELECT seat_id, count(*) FROM (
      SELECT t.event_id, t.seat_id FROM tickets t WHERE t.state <> 'returned'
      UNION ALL
      SELECT r.event_id, unnest(r.seat_ids) FROM reservations r
      WHERE r.state = 'pending' AND r.held_until > clock_timestamp()
    ) claims GROUP BY event_id, seat_id HAVING count(*) > 1`);
  return rows;
}

/** Rows that tell another story than their reservation. */
async function strayRows(pool: pg.Pool): Promise<unknown[]> {
  const { rows } = await pool.query(`
    SELECT s.seat_id, s.state, r.state AS reservation FROM seats s
    LEFT JOIN reservations r ON r.reservation_id = s.reservation_id
    LEFT JOIN tickets t ON t.event_id = s.event_id AND t.seat_id = s.seat_id
      AND t.reservation_id = s.reservation_id AND t.state <> 'returned'
    WHERE s.state = 'sold' AND (r.state <> 'confirmed' OR t.ticket_id IS NULL)
      OR s.state = 'held' AND s.held_until > clock_timestamp() AND r.state <> 'pending'`);
  return rows;
}

async function shop(fixture: TicketFixture, buyer: Buyer, worker: number): Promise<number> {
  let issued = 0;
  for (let step = 0; step < stepsEach; step += 1) {
    const replica = randomInt(2);
    const seatIds = [...new Set(Array.from({ length: randomInt(1, 4) }, () => randomInt(seatCount)))];
    // A purchase ends its slot, so each step is an admission of its own.
    const admitted = buyerOf(buyer.eventId, { accountId: buyer.accountId });
    const answer = await fixture.reserve(admitted, seatIds, { replica });
    assert.ok([201, 409].includes(answer.statusCode), answer.body);
    if (answer.statusCode === 201) issued += await goOn(fixture, buyer, answer.json<Reservation>(), replica);
    if (worker === 0) assert.deepEqual(await doubleClaims(fixture.pool), []);
  }
  return issued;
}

async function goOn(fixture: TicketFixture, buyer: Buyer, reservation: Reservation, replica: number) {
  const choice = randomInt(6);
  const { reservationId } = reservation;
  if (choice === 0) await sleep(randomInt(900, 1_200));
  if (choice === 1) {
    await fixture.inject({
      method: 'POST',
      url: `/api/v1/reservations/${reservationId}/cancel`,
      headers: buyer.headers,
    });
  }
  if (choice > 2) return 0;
  const confirmed = await fixture.confirm(reservation, buyer, {
    acceptEqualSeats: randomInt(2) === 0,
    replica: replica + 1,
  });
  assert.equal(confirmed.statusCode, 200, confirmed.body);
  const { outcome, ticketIds = [] } = confirmed.json<{ outcome: string; ticketIds?: string[] }>();
  if (outcome !== 'issued') return 0;
  if (randomInt(3) > 0) await refund(fixture, buyer, reservation, ticketIds);
  return 1;
}

async function refund(fixture: TicketFixture, buyer: Buyer, reservation: Reservation, ticketIds: string[]) {
  const { reservationId, eventId, amount } = reservation;
  const { accountId } = buyer;
  const facts = { reservationId, eventId, accountId, amount, ticketIds };
  const event = paymentEvent(paymentRefunded.type, {
    paymentId: randomUUID(),
    refundId: randomUUID(),
    ...facts,
  });
  // Twice: events come at least once.
  await Promise.all([
    fixture.bus.publish('payment-events', [event]),
    fixture.bus.publish('payment-events', [event]),
  ]);
}

test('no seat ever has two live holders, whatever buyers do on two replicas', async () => {
  const fixture = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '50' }, 2);
  const eventId = await fixture.push(seatInventory(seatsOf(3, 10), { limitPerAccount: 20 }));
  const issued = await Promise.all(
    Array.from({ length: workers }, (_, worker) => shop(fixture, buyerOf(eventId), worker)),
  );
  assert.deepEqual(await doubleClaims(fixture.pool), []);
  assert.deepEqual(await strayRows(fixture.pool), []);
  assert.ok(issued.some((count) => count > 0));
});

test('control: a hold that looks first and takes later sells a seat twice', async () => {
  const { push, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 1)));
  const unguarded = async () => {
    const { rows } = await pool.query<{ state: string }>('SELECT state FROM seats WHERE event_id = $1', [
      eventId,
    ]);
    if (rows[0]?.state !== 'available') return;
    await sleep(20);
    const reservationId = randomUUID();
    await pool.query(
      `UPDATE seats SET state = 'held', held_until = now() + interval '1 minute', reservation_id = $2 WHERE event_id = $1`,
      [eventId, reservationId],
    );
    await pool.query(
      `INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items, created_at, held_until)
       VALUES ($1, $2, $3, 'pending', 1, 0, '{0}', '[]', now(), now() + interval '1 minute')`,
      [reservationId, eventId, randomUUID()],
    );
  };
  await Promise.all(Array.from({ length: 4 }, unguarded));
  assert.equal((await doubleClaims(pool)).length, 1);
});
