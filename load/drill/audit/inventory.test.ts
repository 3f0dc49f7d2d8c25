import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { countOf } from './finding.ts';
import { findLimitViolations, findOversold, findStuckPlaces, readStock } from './inventory.ts';
import { type PlantedSale, plantReservation, plantSale, plantSoldSeat, plantTicket } from './planted-sale.ts';

let sale: PlantedSale;
before(async () => {
  sale = await plantSale(10);
});
after(() => sale.drop());
afterEach(async () => {
  await sale.ticket.query('TRUNCATE tickets, reservations, pools, pool_holds CASCADE');
  await sale.ticket.query(`UPDATE seats SET state = 'available', reservation_id = NULL, held_until = NULL`);
});

const oversold = async () => {
  const findings = await findOversold(sale.ticket, sale.eventId);
  return findings.filter((finding) => finding.count > 0).map((finding) => finding.check);
};
const stuck = async () => {
  const findings = await findStuckPlaces(sale.ticket, sale.eventId);
  return findings.filter((finding) => finding.count > 0).map((finding) => finding.check);
};
const plantPool = async (quantity: number, sold: number) => {
  const { rows } = await sale.ticket.query<{ ticket_type_id: string }>(
    `INSERT INTO pools (event_id, ticket_type_id, name, grade, quantity, price, sold, position)
     VALUES ($1, gen_random_uuid(), '{}', 'STANDING', $2, 100, $3, 0) RETURNING ticket_type_id`,
    [sale.eventId, quantity, sold],
  );
  return rows[0]?.ticket_type_id ?? '';
};

test('a correct sale has no finding', async () => {
  await plantSoldSeat(sale, 0);
  await plantSoldSeat(sale, 1);
  await plantReservation(sale, { state: 'expired', seatIds: [2], fromSeconds: -90, untilSeconds: -60 });
  await plantReservation(sale, { state: 'expired', seatIds: [2, 3], fromSeconds: -60, untilSeconds: -30 });
  await plantReservation(sale, {
    state: 'cancelled',
    seatIds: [4],
    fromSeconds: -90,
    untilSeconds: 60,
    endedSeconds: -80,
  });
  await plantReservation(sale, { state: 'pending', seatIds: [4], fromSeconds: -79, untilSeconds: 60 });
  assert.deepEqual(await oversold(), []);
  assert.deepEqual(await stuck(), []);
  assert.equal((await findLimitViolations(sale.ticket, sale.eventId)).count, 0);
  const { sellable, sold, free } = await readStock(sale.ticket, sale.eventId);
  assert.deepEqual({ sellable, sold, free }, { sellable: 10, sold: 2, free: 8 });
});

test('two living tickets for one seat are found', async () => {
  await sale.ticket.query('DROP INDEX tickets_one_per_seat');
  const reservationId = await plantSoldSeat(sale, 5);
  await plantTicket(sale, { reservationId, seatId: 5 });
  assert.ok((await oversold()).includes('seats with two living tickets'));
});

test('two reservations that kept one seat at the same moment are found, even when one has ended since', async () => {
  await plantReservation(sale, { state: 'expired', seatIds: [6, 7], fromSeconds: -90, untilSeconds: -60 });
  await plantReservation(sale, { state: 'expired', seatIds: [7], fromSeconds: -61, untilSeconds: -30 });
  assert.deepEqual(await oversold(), ['seats kept by two reservations at the same moment']);
});

test('a hold that took over in the millisecond in which another ended is no finding; one before it is', async () => {
  const span = { state: 'expired', seatIds: [6] } as const;
  await plantReservation(sale, { ...span, fromSeconds: -90, untilSeconds: -60 });
  const next = await plantReservation(sale, { ...span, fromSeconds: -60, untilSeconds: -30 });
  const begin = (early: string) =>
    sale.ticket.query(
      `UPDATE reservations r SET
         created_at = CASE WHEN r.reservation_id = $1 THEN t.over_at - $2::interval ELSE r.created_at END,
         held_until = CASE WHEN r.reservation_id = $1 THEN r.held_until ELSE t.over_at + interval '900 microseconds' END
       FROM (SELECT date_trunc('milliseconds', held_until) AS over_at FROM reservations WHERE reservation_id <> $1) t`,
      [next, early],
    );
  await begin('0');
  assert.deepEqual(await oversold(), []);
  await begin('1 millisecond');
  assert.deepEqual(await oversold(), ['seats kept by two reservations at the same moment']);
});

test('a hold inside a longer one is found, although another lies between them', async () => {
  await plantReservation(sale, { state: 'pending', seatIds: [6], fromSeconds: -90, untilSeconds: 60 });
  await plantReservation(sale, {
    state: 'cancelled',
    seatIds: [6],
    fromSeconds: -80,
    untilSeconds: 60,
    endedSeconds: -70,
  });
  const [, overlaps] = await findOversold(sale.ticket, sale.eventId);
  assert.equal(overlaps?.count, 1);
});

test('a ticket for a seat that is free or sold to another is found', async () => {
  await plantSoldSeat(sale, 8);
  await sale.ticket.query(
    `UPDATE seats SET state = 'available', reservation_id = NULL WHERE seat_id = 8 AND event_id = $1`,
    [sale.eventId],
  );
  assert.deepEqual(await oversold(), ['living tickets for seats that are not sold to their reservation']);
});

test('a pool that sold more tickets than it has is found', async () => {
  await sale.ticket.query('ALTER TABLE pools DROP CONSTRAINT pool_never_oversold');
  await plantPool(1, 2);
  assert.deepEqual(await oversold(), ['pools beyond their quantity']);
  await sale.ticket.query('TRUNCATE pools CASCADE');
  const ticketTypeId = await plantPool(9, 1);
  const reservationId = await plantSoldSeat(sale, 1);
  await plantTicket(sale, { reservationId, ticketTypeId });
  assert.deepEqual(await oversold(), []);
  await plantTicket(sale, { reservationId, ticketTypeId });
  assert.deepEqual(await oversold(), ['pools beyond their quantity']);
});

test('seats and places that nobody can buy and nobody has are found', async () => {
  await plantSoldSeat(sale, 1);
  await sale.ticket.query('DELETE FROM tickets');
  await plantPool(5, 2);
  const reservationId = await plantReservation(sale, {
    state: 'cancelled',
    seatIds: [2],
    fromSeconds: -60,
    untilSeconds: 60,
    endedSeconds: -30,
  });
  await sale.ticket.query(
    `UPDATE seats SET state = 'held', reservation_id = $2, held_until = now() + interval '1 minute'
     WHERE event_id = $1 AND seat_id = 2`,
    [sale.eventId, reservationId],
  );
  assert.equal(countOf(await findStuckPlaces(sale.ticket, sale.eventId)), 1 + 1 + 2);
});

test('an account beyond the limit is found', async () => {
  const accountId = '00000000-0000-4000-8000-000000000001';
  const reservationId = await plantReservation(sale, {
    state: 'pending',
    seatIds: [0, 1, 2],
    fromSeconds: -5,
    untilSeconds: 60,
    accountId,
  });
  assert.equal((await findLimitViolations(sale.ticket, sale.eventId)).count, 0);
  await plantTicket(sale, { reservationId, seatId: 3, accountId });
  await plantTicket(sale, { reservationId, seatId: 4, accountId });
  assert.equal((await findLimitViolations(sale.ticket, sale.eventId)).count, 1);
});
