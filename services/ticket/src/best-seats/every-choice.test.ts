import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import fc from 'fast-check';
import { seatsOf } from '../ticket.fixture.ts';
import { bestSeats } from './best-seats.ts';
import { gradeBlocks } from './blocks-of.ts';

const perRow = 12;
const hall = seatsOf(5, perRow);

interface Run {
  readonly first: number;
  readonly length: number;
}

// Mostly free, half free or nearly sold out; in one of three halls.
const aHall = fc.constantFrom(0.05, 0.3, 0.5, 0.8, 1).chain((share) =>
  fc.record({
    free: fc.array(
      fc.integer({ min: 0, max: 99 }).map((drawn) => drawn < share * 100),
      { minLength: hall.length, maxLength: hall.length },
    ),
    quantity: fc.integer({ min: 1, max: 20 }),
  }),
);

// Told without the code under test: rows of equal length, one grade, no aisles.
function runsOf(free: readonly boolean[]): Run[] {
  const runs: Run[] = [];
  for (let first = 0; first < free.length; first += 1) {
    if (free[first] !== true || (first % perRow > 0 && free[first - 1] === true)) continue;
    let length = 1;
    while ((first + length) % perRow > 0 && free[first + length] === true) length += 1;
    runs.push({ first, length });
  }
  return runs;
}

function choose(free: readonly boolean[], quantity: number, isWanted?: () => boolean) {
  return bestSeats(gradeBlocks(hall, 'R'), quantity, (seatId) => free[seatId] === true, isWanted);
}

function loneSeats(free: readonly boolean[], chosen: readonly number[]): number {
  const alone = (of: readonly boolean[]) => runsOf(of).filter((run) => run.length === 1).length;
  const left = free.map((isFree, seatId) => isFree && !chosen.includes(seatId));
  const hadAlone = runsOf(free).filter((run) => run.length === 1 && left[run.first] === true).length;
  return alone(left) - hadAlone;
}

test('whatever is free, a choice has that many free seats of the grade, and is found when there are enough', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          isFree: fc.boolean(),
          grade: fc.constantFrom('R', 'S'),
          flags: fc.constantFrom<LayoutSeat['flags']>([], ['blocked'], ['wheelchair'], ['restricted-view']),
          shift: fc.constantFrom(0, 0, 200),
        }),
        { minLength: hall.length, maxLength: hall.length },
      ),
      fc.integer({ min: 1, max: 20 }),
      (states, quantity) => {
        const seats = hall.map((seat, seatId): LayoutSeat => {
          const { grade = 'R', flags = [], shift = 0 } = states[seatId] ?? {};
          return { ...seat, grade, flags, x: seat.x + shift };
        });
        const isOffered = (seat: LayoutSeat, seatId: number) =>
          states[seatId]?.isFree === true && seat.grade === 'R' && !seat.flags.includes('blocked');
        const offered = new Set(
          [...seats.keys()].filter((seatId) => isOffered(seats[seatId] ?? seat0, seatId)),
        );
        const isFree = (seatId: number) => states[seatId]?.isFree === true;
        const chosen = bestSeats(gradeBlocks(seats, 'R'), quantity, isFree);
        assert.equal(chosen !== undefined, offered.size >= quantity);
        if (chosen === undefined) return;
        assert.equal(chosen.length, quantity);
        assert.ok(chosen.every((seatId) => offered.has(seatId)));
        assert.equal(new Set(chosen).size, quantity);
        assert.deepEqual(bestSeats(gradeBlocks(seats, 'R'), quantity, isFree), chosen);
      },
    ),
    { numRuns: 500 },
  );
});

test('friends sit together whenever a row has room for them, and else in the fewest groups', () => {
  fc.assert(
    fc.property(aHall, fc.option(fc.infiniteStream(fc.boolean())), ({ free, quantity }, draws) => {
      const isWanted = draws === null ? undefined : () => draws.next().value ?? false;
      const chosen = choose(free, quantity, isWanted);
      if (chosen === undefined) return;
      const groups = runsOf(free.map((_, seatId) => chosen.includes(seatId))).length;
      const longestFirst = runsOf(free)
        .map((run) => run.length)
        .sort((one, other) => other - one);
      let fewest = 0;
      for (let seated = 0; seated < quantity; fewest += 1) seated += longestFirst[fewest] ?? 0;
      assert.equal(groups, fewest);
    }),
    { numRuns: 1_000 },
  );
});

test('friends who sit together leave no seat alone unless every such choice does, and none is more comfortable', () => {
  fc.assert(
    fc.property(aHall, ({ free, quantity }) => {
      const windows = runsOf(free).flatMap(({ first, length }) =>
        Array.from({ length: Math.max(0, length - quantity + 1) }, (_, skip) =>
          Array.from({ length: quantity }, (__, index) => first + skip + index),
        ),
      );
      const chosen = choose(free, quantity);
      if (chosen === undefined || windows.length === 0) return;
      const fewestAlone = Math.min(...windows.map((window) => loneSeats(free, window)));
      assert.equal(loneSeats(free, chosen), fewestAlone);
      const equals = windows.filter((window) => loneSeats(free, window) === fewestAlone);
      assert.equal(discomfort(chosen), Math.min(...equals.map(discomfort)));
    }),
    { numRuns: 500 },
  );
});

test('friends split in two leave no seat alone unless every two groups do', () => {
  fc.assert(
    fc.property(aHall, ({ free, quantity }) => {
      const lengths = runsOf(free).map((run) => run.length);
      const pairs = lengths.flatMap((one, index) =>
        lengths.slice(index + 1).map((other) => one + other - quantity),
      );
      if (Math.max(...lengths) >= quantity || !pairs.some((left) => left >= 0)) return;
      const isAvoidable = pairs.some((left) => left === 0 || left > 1);
      assert.equal(loneSeats(free, choose(free, quantity) ?? []), isAvoidable ? 0 : 1);
    }),
    { numRuns: 1_000 },
  );
});

const [seat0 = { section: '', row: '', seat: '', grade: '', x: 0, y: 0, flags: [] }] = hall;

function discomfort(seatIds: readonly number[]): number {
  return seatIds.reduce((sum, seatId) => {
    const { x, y } = hall[seatId] ?? seat0;
    return sum + Math.round(Math.hypot(x * 1.3, y));
  }, 0);
}
