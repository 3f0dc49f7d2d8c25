import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { paymentRefunded } from '@urr/contracts/domain-events.ts';
import type { Fulfilment } from '@urr/contracts/ticket-internal.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import {
  buyerOf,
  capturedPayment,
  paymentEvent,
  seatInventory,
  seatsOf,
  startTicket,
} from '../ticket.fixture.ts';

test('the same payment confirmed many times at once, by call and by event, issues its tickets once', async () => {
  const { push, hold, confirm, bus, pool } = await startTicket({}, 2);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const reservation = await hold(buyer, [0, 1]);
  const paymentId = randomUUID();
  const event = capturedPayment(reservation, buyer, { paymentId, acceptEqualSeats: true });
  const answers = await Promise.all([
    ...Array.from({ length: 6 }, (_, replica) => confirm(reservation, buyer, { paymentId, replica })),
    bus.publish('payment-events', [event]),
    bus.publish('payment-events', [event]),
  ]);
  const bodies = answers.filter((answer) => answer !== undefined).map((answer) => answer.body);
  assert.equal(new Set(bodies).size, 1, 'every caller hears the same outcome');
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM tickets) AS tickets, (SELECT count(*) FROM fulfilments) AS fulfilments,
       (SELECT count(*) FROM outbox WHERE type = 'urr.reservation.confirmed.v1') AS announced`,
  );
  assert.deepEqual(rows, [{ tickets: 2, fulfilments: 1, announced: 1 }]);
  assert.deepEqual((await pool.query('SELECT * FROM dead_letters')).rows, []);
});

test('a confirmation cut off at any step happens wholly or not at all, and its repeat finishes it', async () => {
  const { push, hold, confirm, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(5, 10)));
  const sales = [];
  for (let index = 0; index < 30; index += 1) {
    const buyer = buyerOf(eventId);
    sales.push({ buyer, reservation: await hold(buyer, [index]) });
  }
  let isRunning = true;
  const killer = (async () => {
    while (isRunning) {
      await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
      );
      await sleep(randomInt(1, 25));
    }
  })();
  let interrupted = 0;
  for (const { buyer, reservation } of sales) {
    const paymentId = randomUUID();
    await until(async () => {
      const answer = await confirm(reservation, buyer, { paymentId });
      if (answer.statusCode !== 200) interrupted += 1;
      assert.equal(answer.statusCode, 200, answer.body);
    });
  }
  isRunning = false;
  await killer.catch(() => {});
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM fulfilments WHERE outcome = 'issued') AS paid,
       (SELECT count(*) FROM tickets) AS tickets,
       (SELECT count(*) FROM seats WHERE state = 'sold') AS sold,
       (SELECT count(*) FROM reservations WHERE state = 'confirmed') AS confirmed`,
  );
  assert.deepEqual(rows, [{ paid: 30, tickets: 30, sold: 30, confirmed: 30 }]);
  assert.ok(interrupted > 0, 'some confirmations were cut off');
});

async function until<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(2);
    }
  }
}

const brief = { HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '50' };

test('money for a hold that is over: the same seats again while nobody has taken them', async () => {
  const { push, hold, confirm, pool } = await startTicket(brief);
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const reservation = await hold(buyer, [2, 3]);
  await sleep(1_300);
  const fulfilment = (await confirm(reservation, buyer)).json<Fulfilment>();
  assert.ok(fulfilment.outcome === 'issued' && fulfilment.replaced);
  const { rows } = await pool.query(
    `SELECT r.state, r.replaces, array_agg(t.seat_id ORDER BY t.seat_id) AS seats FROM reservations r
     LEFT JOIN tickets t USING (reservation_id) GROUP BY r.reservation_id ORDER BY r.created_at`,
  );
  assert.deepEqual(rows, [
    { state: 'expired', replaces: null, seats: [null] },
    { state: 'confirmed', replaces: reservation.reservationId, seats: [2, 3] },
  ]);
});

test('money for seats that are gone: equal ones if the buyer agreed, else lost and announced', async () => {
  const { push, hold, confirm, pool } = await startTicket(brief);
  const seats = seatsOf(2, 10).map((seat, index) => (index < 10 ? seat : { ...seat, grade: 'S' }));
  const eventId = await push(seatInventory(seats));
  const [agrees, refuses] = [buyerOf(eventId), buyerOf(eventId)];
  const first = await hold(agrees, [2, 3]);
  const second = await hold(refuses, [4]);
  await sleep(1_050);
  const others = buyerOf(eventId);
  const taken = await hold(others, [2, 4]);
  await confirm(taken, others);

  const equal = (await confirm(first, agrees, { acceptEqualSeats: true })).json<Fulfilment>();
  assert.ok(equal.outcome === 'issued' && equal.replaced);
  const { rows } = await pool.query<{ seat_id: number; grade: string }>(
    'SELECT seat_id, grade FROM tickets WHERE account_id = $1',
    [agrees.accountId],
  );
  assert.ok(rows.every((row) => row.grade === 'R' && row.seat_id < 10 && ![2, 4].includes(row.seat_id)));

  const lost = (await confirm(second, refuses)).json<Fulfilment>();
  assert.deepEqual(lost, { outcome: 'lost' });
  const announced = await pool.query(
    `SELECT data->>'reservationId' AS id FROM outbox WHERE type = 'urr.reservation.lost.v1'`,
  );
  assert.deepEqual(announced.rows, [{ id: second.reservationId }]);
});

test('a hold whose time has just passed is still sold to its holder while its seats are its own', async () => {
  const { push, hold, confirm } = await startTicket({ HOLD_SECONDS: '1', SWEEP_INTERVAL_MS: '600000' });
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const reservation = await hold(buyer, [0]);
  await sleep(1_050);
  const fulfilment = (await confirm(reservation, buyer)).json<Fulfilment>();
  assert.ok(fulfilment.outcome === 'issued' && !fulfilment.replaced);
});

test('a second payment of a confirmed reservation gets its money back and no second tickets', async () => {
  const { push, hold, confirm, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const reservation: Reservation = await hold(buyer, [0]);
  await confirm(reservation, buyer);
  assert.deepEqual((await confirm(reservation, buyer)).json(), { outcome: 'lost' });
  assert.deepEqual((await pool.query('SELECT count(*) AS tickets FROM tickets')).rows, [{ tickets: 1 }]);
});

test('money for a reservation this service does not know, or of another amount, is given back by event', async () => {
  const { push, hold, bus, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const { reservationId, amount } = await hold(buyer, [0]);
  for (const wrong of [
    { reservationId: randomUUID(), amount },
    { reservationId, amount: amount - 1 },
  ])
    await bus.publish('payment-events', [capturedPayment(wrong, buyer)]);
  const { rows } = await pool.query(
    `SELECT count(*) AS lost, (SELECT count(*) FROM tickets) AS tickets FROM outbox WHERE type = 'urr.reservation.lost.v1'`,
  );
  assert.deepEqual(rows, [{ lost: 2, tickets: 0 }]);
});

test('a confirmation that comes after its money went back issues nothing, one that came before loses its tickets', async () => {
  const { push, hold, confirm, bus, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const refundOf = ({ reservationId, amount }: Reservation, paymentId: string) => {
    const facts = { eventId, accountId: buyer.accountId, ticketIds: [], refundId: randomUUID() };
    return paymentEvent(paymentRefunded.type, { ...facts, reservationId, amount, paymentId });
  };
  const late = await hold(buyer, [0]);
  const paymentId = randomUUID();
  await bus.publish('payment-events', [refundOf(late, paymentId)]);
  assert.deepEqual((await confirm(late, buyer, { paymentId })).json(), { outcome: 'lost' });
  const early = await hold(buyer, [1]);
  const other = randomUUID();
  await confirm(early, buyer, { paymentId: other });
  await bus.publish('payment-events', [refundOf(early, other)]);
  const { rows } = await pool.query(
    `SELECT (SELECT count(*) FROM tickets WHERE state = 'valid') AS valid,
       (SELECT count(*) FROM seats WHERE state = 'sold') AS sold`,
  );
  assert.deepEqual(rows, [{ valid: 0, sold: 0 }]);
});

test('control: issuing without the record of the payment issues twice', async () => {
  const { push, hold, confirm, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  const buyer = buyerOf(eventId);
  const reservation = await hold(buyer, [0]);
  const paymentId = randomUUID();
  await confirm(reservation, buyer, { paymentId });
  await pool.query('DELETE FROM fulfilments');
  const again = (await confirm(reservation, buyer, { paymentId })).json<Fulfilment>();
  assert.equal(
    again.outcome,
    'lost',
    'without its record the repeat would tell payment to refund a sold seat',
  );
});
