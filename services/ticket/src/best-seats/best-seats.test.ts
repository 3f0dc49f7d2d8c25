import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { seatsOf } from '../ticket.fixture.ts';
import { bestSeats, countFree } from './best-seats.ts';
import { gradeBlocks } from './blocks-of.ts';
import { domeSeats } from './dome.fixture.ts';
import { seatBlocks } from './seat-blocks.ts';

const hall = seatsOf(5, 10);
const blocks = gradeBlocks(hall, 'R');
const all = () => true;

function choose(quantity: number, isFree: (seatId: number) => boolean): number[] | undefined {
  return bestSeats(blocks, quantity, isFree)?.toSorted((one, other) => one - other);
}

test('the first buyer sits in the middle of the first row', () => {
  assert.deepEqual(choose(2, all), [4, 5]);
});

test('no seat is left alone where another choice leaves none', () => {
  // Row 1 has three free seats: taking two of them would leave one.
  const isFree = (seatId: number) => seatId >= 10 || (seatId >= 4 && seatId <= 6);
  assert.deepEqual(choose(2, isFree), [14, 15]);
  assert.deepEqual(choose(3, isFree), [4, 5, 6]);
});

test('a lone seat is left when every choice leaves one', () => {
  assert.equal(choose(2, (seatId) => seatId >= 4 && seatId <= 6)?.length, 2);
});

test('friends are split into the fewest groups when no row has room', () => {
  const isFree = (seatId: number) => [3, 4, 5, 47, 48].includes(seatId);
  assert.deepEqual(choose(4, isFree), [3, 4, 5, 47]);
  assert.equal(choose(6, isFree), undefined);
});

test('friends who are split sit near each other, even if a seat further in front is free', () => {
  const isFree = (seatId: number) => [0, 29, 38, 49].includes(seatId);
  assert.deepEqual(choose(3, isFree), [29, 38, 49]);
});

test('friends who are split leave no seat alone where another gathering leaves none', () => {
  // Beside the three of the last row, one of the pair above would leave the other alone.
  const isFree = (seatId: number) => [33, 34, 42, 43, 44, 49].includes(seatId);
  assert.deepEqual(choose(4, isFree), [42, 43, 44, 49]);
});

test('an aisle, a row and a blocked seat separate neighbours', () => {
  const seats = hall.map((seat, index): LayoutSeat => {
    if (index === 5) return { ...seat, flags: ['blocked'] };
    return index % 10 > 7 ? { ...seat, x: seat.x + 150 } : seat;
  });
  const lengths = seatBlocks(seats, (seat) => !seat.flags.includes('blocked')).map((block) => block.length);
  assert.deepEqual(
    lengths.toSorted((one, other) => one - other),
    [2, 2, 2, 2, 2, 2, 5, 8, 8, 8, 8],
  );
  assert.equal(countFree(gradeBlocks(seats, 'R'), all), 49);
});

test('places kept for wheelchairs go last, even if friends are split for it', () => {
  const kept = hall.map((seat, index): LayoutSeat =>
    index < 10 ? { ...seat, flags: [index % 2 === 0 ? 'wheelchair' : 'companion'] } : seat,
  );
  const keptBlocks = gradeBlocks(kept, 'R');
  assert.deepEqual(bestSeats(keptBlocks, 2, all), [14, 15]);
  assert.deepEqual(
    bestSeats(keptBlocks, 2, (seatId) => seatId < 10 || seatId === 20 || seatId === 40),
    [20, 40],
  );
  assert.deepEqual(
    bestSeats(keptBlocks, 2, (seatId) => seatId < 10 || seatId === 40),
    [4, 5],
  );
});

test('who passes runs over sits elsewhere, but is never split for it', () => {
  const inTurn = () => {
    let asked = 0;
    return () => asked++ > 0;
  };
  assert.deepEqual(bestSeats(blocks, 2, all, inTurn()), [14, 15]);
  assert.deepEqual(
    bestSeats(blocks, 2, (seatId) => [4, 5, 47, 49].includes(seatId), inTurn()),
    [4, 5],
  );
  assert.deepEqual(
    bestSeats(blocks, 1, all, () => false),
    [4],
  );
});

test('a sold-out dome filled pair by pair leaves few seats alone', () => {
  const dome = gradeBlocks(domeSeats(), 'VIP');
  const taken = new Set<number>();
  const isFree = (seatId: number) => !taken.has(seatId);
  const total = countFree(dome, all);
  let apart = 0;
  while (taken.size + 2 <= total) {
    const pair = bestSeats(dome, 2, isFree);
    assert.ok(pair);
    if (Math.abs((pair[0] ?? 0) - (pair[1] ?? 0)) !== 1) apart += 1;
    for (const seatId of pair) taken.add(seatId);
  }
  assert.ok(total - taken.size <= 1);
  // Seats that are alone in the end are sold in twos as well.
  assert.ok(apart * 25 <= total / 2, `${apart} pairs were split`);
});
