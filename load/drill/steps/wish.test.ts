import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeatLayout } from '@urr/contracts/ticket-reads.ts';
import fc from 'fast-check';
import { seededRandom } from '../engine/random.ts';
import { drawPopulation } from '../population.ts';
import { readMap } from './look.ts';
import { pollAfter } from './wait-for-turn.ts';
import { chooseSeats } from './wish.ts';

const seatsInRow = 10;
const rows = 8;
const layout: SeatLayout = {
  version: 'v',
  layoutId: '00000000-0000-4000-8000-000000000001',
  layoutVersion: 1,
  seatCount: rows * seatsInRow,
  sections: ['A'],
  grades: ['R', 'S'],
  // The last row of the file is the nearest to the stage.
  runs: Array.from({ length: rows }, (_, row): [number, string, number] => [0, `${row}`, seatsInRow]),
  labels: [],
  x: Array.from({ length: rows * seatsInRow }, (_, seat) => (seat % seatsInRow === 0 ? 0 : 50)).map(
    (step, seat) => (seat > 0 && step === 0 ? -50 * (seatsInRow - 1) : step),
  ),
  y: Array.from({ length: rows * seatsInRow }, (_, seat) =>
    seat === 0 ? 900 : seat % seatsInRow === 0 ? -100 : 0,
  ),
  grade: Array.from({ length: rows * seatsInRow }, (_, seat) => (seat < 40 ? 1 : 0)),
  flags: [],
};
const map = readMap(layout);

test('rows are read nearest to the stage first', () => {
  assert.deepEqual(
    map.rows[0],
    Array.from({ length: seatsInRow }, (_, seat) => 70 + seat),
  );
  assert.equal(map.gradeOf(79), 'R');
  assert.equal(map.gradeOf(0), 'S');
});

test('whatever is free, a fan wishes for free seats side by side in one row, or for nothing', () => {
  const plan = { lobbyMs: 1, openingMs: 1, lateMs: 1 };
  const fans = drawPopulation(40, 3, plan);
  const free = fc.uniqueArray(fc.integer({ min: 0, max: rows * seatsInRow - 1 }));
  fc.assert(
    fc.property(free, fc.nat(39), fc.nat(3), (freeSeats, index, racesLost) => {
      const isFree = new Set(freeSeats);
      const profile = fans[index]?.profile;
      assert.ok(profile);
      const chooser = { profile, random: seededRandom(index), racesLost };
      const wish = chooseSeats(map, (seat) => isFree.has(seat), chooser);
      if (freeSeats.length === 0) assert.equal(wish, undefined);
      if (wish?.kind !== 'seats') return;
      assert.ok(wish.seatIds.length >= 1 && wish.seatIds.length <= profile.quantity);
      assert.ok(wish.seatIds.every((seat) => isFree.has(seat)));
      assert.equal(new Set(wish.seatIds.map((seat) => Math.floor(seat / seatsInRow))).size, 1);
      assert.ok(
        wish.seatIds.every((seat, place) => place === 0 || seat === (wish.seatIds[place - 1] ?? 0) + 1),
      );
    }),
  );
});

test('the nearer one stands, the sooner one looks again; who has no number yet looks as the farthest do', () => {
  const state = {
    serving: 100,
    poll: [
      [10, 1],
      [1_000, 3],
      [10_000, 30],
    ],
  };
  assert.equal(pollAfter(state, 105), 1_000);
  assert.equal(pollAfter(state, 111), 3_000);
  assert.equal(pollAfter(state, 90_000), 30_000);
  assert.equal(pollAfter(state, null), 30_000);
});
