import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { buyerOf, seatInventory, seatsOf, startTicket } from '../ticket.fixture.ts';

const rounds = 1_000;

test('{A,B} against {B,A} in 1,000 rounds: no deadlock, one takes both, none takes one', async () => {
  const { push, reserve, pool } = await startTicket({}, 2);
  const eventId = await push(seatInventory(seatsOf(20, 100)));
  let won = 0;
  const play = async (round: number) => {
    const [one, other] = [2 * round, 2 * round + 1];
    const answers = await Promise.all([
      reserve(buyerOf(eventId), [one, other], { replica: 0 }),
      reserve(buyerOf(eventId), [other, one], { replica: 1 }),
    ]);
    for (const answer of answers) assert.ok([201, 409].includes(answer.statusCode), answer.body);
    const winners = answers.filter((answer) => answer.statusCode === 201);
    assert.ok(winners.length <= 1);
    won += winners.length;
    const { rows } = await pool.query(
      'SELECT DISTINCT reservation_id FROM seats WHERE event_id = $1 AND seat_id = ANY ($2)',
      [eventId, [one, other]],
    );
    assert.equal(rows.length, 1, 'both seats tell the same story');
    const holder = winners[0]?.json<Reservation>().reservationId ?? null;
    assert.equal((rows[0] as { reservation_id: string | null }).reservation_id, holder);
  };
  for (let first = 0; first < rounds; first += 20)
    await Promise.all(Array.from({ length: 20 }, (_, index) => play(first + index)));
  const { rows } = await pool.query(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  assert.deepEqual(rows, [{ deadlocks: 0 }]);
  // Each may find the other's hand on a seat and give way; that is rare and never oversells.
  assert.ok(won > rounds * 0.9, `${won} of ${rounds} rounds had a winner`);
});

test('a seat that cannot be had refuses the whole request and says which and why', async () => {
  const { push, hold, reserve, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 10)));
  await hold(buyerOf(eventId), [4]);
  const answer = await reserve(buyerOf(eventId), [3, 4, 5]);
  assert.equal(answer.statusCode, 409);
  const problem = answer.json<{
    code: string;
    retryAfter: number;
    data: { seats: { seatId: number; reason: string; freeAt: string }[] };
  }>();
  assert.equal(problem.code, 'seats-taken');
  assert.deepEqual(
    problem.data.seats.map((seat) => [seat.seatId, seat.reason]),
    [[4, 'held']],
  );
  assert.ok(problem.retryAfter > 400 && problem.retryAfter <= 420);
  const { rows } = await pool.query(`SELECT count(*) AS held FROM seats WHERE state = 'held'`);
  assert.deepEqual(rows, [{ held: 1 }]);
});

test('control: locking seats in the order of the request deadlocks', async () => {
  const { push, pool } = await startTicket();
  const eventId = await push(seatInventory(seatsOf(1, 2)));
  const inOrderAsked = async (seatIds: readonly number[]) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      for (const seatId of seatIds) {
        await client.query('SELECT 1 FROM seats WHERE event_id = $1 AND seat_id = $2 FOR UPDATE', [
          eventId,
          seatId,
        ]);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await client.query('COMMIT');
      return 'held';
    } catch (error) {
      await client.query('ROLLBACK');
      return String((error as { code?: string }).code);
    } finally {
      client.release();
    }
  };
  const outcomes = await Promise.all([inOrderAsked([0, 1]), inOrderAsked([1, 0])]);
  assert.deepEqual(outcomes.toSorted(), ['40P01', 'held']);
});
