import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import fc from 'fast-check';
import { seatsOf } from '../ticket.fixture.ts';
import { bestSeats } from './best-seats.ts';
import { seatBlocks } from './seat-blocks.ts';

const hall = seatsOf(5, 10);
const blocks = seatBlocks(hall, 'R');
const all = () => true;

test('the first buyer sits in the middle of the first row', () => {
  assert.deepEqual(bestSeats(blocks, 2, all), [4, 5]);
});

test('no seat is left alone where another choice leaves none', () => {
  // Row 1 has three free seats: taking two of them would leave one.
  const isFree = (seatId: number) => seatId >= 10 || (seatId >= 4 && seatId <= 6);
  assert.deepEqual(bestSeats(blocks, 2, isFree), [14, 15]);
  assert.deepEqual(bestSeats(blocks, 3, isFree), [4, 5, 6]);
});

test('a lone seat is left when every choice leaves one', () => {
  const isFree = (seatId: number) => seatId >= 4 && seatId <= 6;
  assert.equal(bestSeats(blocks, 2, isFree)?.length, 2);
});

test('friends are split into the fewest groups when no row has room', () => {
  const isFree = (seatId: number) => [3, 4, 5, 47, 48].includes(seatId);
  assert.deepEqual(
    bestSeats(blocks, 4, isFree)?.toSorted((one, other) => one - other),
    [3, 4, 5, 47],
  );
  assert.equal(bestSeats(blocks, 6, isFree), undefined);
});

test('an aisle, a row and a blocked seat separate neighbours', () => {
  const seats = hall.map((seat, index): LayoutSeat => {
    if (index === 5) return { ...seat, flags: ['blocked'] };
    return index % 10 > 7 ? { ...seat, x: seat.x + 150 } : seat;
  });
  const lengths = seatBlocks(seats, 'R')
    .map((block) => block.seatIds.length)
    .toSorted((one, other) => one - other);
  assert.deepEqual(lengths, [2, 2, 2, 2, 2, 2, 5, 8, 8, 8, 8]);
});

test('places kept for wheelchairs go last', () => {
  const seats = hall.map((seat, index): LayoutSeat =>
    index < 10 ? { ...seat, flags: ['wheelchair'] } : seat,
  );
  assert.deepEqual(bestSeats(seatBlocks(seats, 'R'), 2, all), [14, 15]);
  assert.deepEqual(
    bestSeats(seatBlocks(seats, 'R'), 2, (seatId) => seatId < 10),
    [4, 5],
  );
});

test('whatever is free, a choice has that many free seats of the grade, and is found when there are enough', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }),
      fc.integer({ min: 1, max: 20 }),
      (free, quantity) => {
        const chosen = bestSeats(blocks, quantity, (seatId) => free[seatId] === true);
        const enough = free.filter(Boolean).length >= quantity;
        assert.equal(chosen !== undefined, enough);
        if (chosen === undefined) return;
        assert.equal(new Set(chosen).size, quantity);
        assert.ok(chosen.every((seatId) => free[seatId]));
      },
    ),
  );
});

test('a sold-out dome filled pair by pair leaves few seats alone', () => {
  const seats = readDome();
  const grade = 'VIP';
  const blocksOfDome = seatBlocks(seats, grade);
  const taken = new Set<number>();
  const isFree = (seatId: number) => !taken.has(seatId);
  const total = blocksOfDome.reduce((sum, block) => sum + block.seatIds.length, 0);
  while (taken.size + 2 <= total) {
    const pair = bestSeats(blocksOfDome, 2, isFree);
    assert.ok(pair);
    for (const seatId of pair) taken.add(seatId);
  }
  assert.ok(total - taken.size <= 1);
});

function readDome(): LayoutSeat[] {
  const file = path.join(import.meta.dirname, '../../../../data/halls/dome.csv');
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [section = '', row = '', seat = '', grade = '', x = '', y = '', flags = ''] = line.split(',');
    return {
      section,
      row,
      seat,
      grade,
      x: Number(x),
      y: Number(y),
      flags: flags.split('|').filter((flag) => flag !== '') as LayoutSeat['flags'],
    };
  });
}
