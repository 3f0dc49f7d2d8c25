import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SeatBoard } from './seat-board.ts';
import { testChange, testHall, testStatus } from './test-hall.ts';

const states = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 });

function leftBySection(board: SeatBoard): number[] {
  return [board.leftIn(0), board.leftIn(1)];
}

function countFree(all: readonly number[]): number[] {
  const free = (part: readonly number[]) => part.filter((state) => state === 0).length;
  return [free(all.slice(0, 20)), free(all.slice(20))];
}

test('a packed status is read seat by seat', () => {
  fc.assert(
    fc.property(states, (all) => {
      const board = new SeatBoard(testHall());
      board.takeStatus(testStatus(all));
      assert.deepEqual([...board.state], all);
      assert.deepEqual(leftBySection(board), countFree(all));
    }),
  );
});

test('what is left of a section follows any sequence of changes', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 8 });
  const changes = fc.array(fc.record({ free: ids, held: ids, sold: ids }), { maxLength: 12 });
  fc.assert(
    fc.property(states, changes, (all, sequence) => {
      const board = new SeatBoard(testHall());
      board.takeStatus(testStatus(all));
      for (const change of sequence) board.takeChange(testChange(change));
      assert.deepEqual(leftBySection(board), countFree([...board.state]));
    }),
  );
});

test('a whole status after some changes is as if there had been none', () => {
  fc.assert(
    fc.property(states, states, (before, after) => {
      const board = new SeatBoard(testHall());
      board.takeStatus(testStatus(before));
      const changed = board.takeStatus(testStatus(after, 'b.1'));
      assert.deepEqual([...board.state], after);
      assert.deepEqual(
        changed,
        after.flatMap((state, seatId) => (state === before[seatId] ? [] : [seatId])),
      );
      assert.equal(board.version, 'b.1');
    }),
  );
});

test('a change names the seats that look different and what is left of each grade', () => {
  const board = new SeatBoard(testHall());
  board.takeStatus(testStatus(Array.from({ length: 40 }, () => 0)));
  const changed = board.takeChange(
    testChange({ held: [3], sold: [4], free: [5], left: { grades: [18, 20], pools: [] } }),
  );
  assert.deepEqual(changed, [3, 4]);
  assert.deepEqual(
    board.grades.map(({ grade, left }) => [grade, left]),
    [
      ['R', 18],
      ['S', 20],
    ],
  );
});

test('seats that are not in the hall change nothing', () => {
  const board = new SeatBoard(testHall());
  assert.deepEqual(board.setStates([40, 999_999], 0), []);
});

test('a seat costs what its grade costs', () => {
  const board = new SeatBoard(testHall());
  board.takeStatus(testStatus(Array.from({ length: 40 }, () => 0)));
  assert.equal(board.priceOf(0), 121_000);
  assert.equal(board.priceOf(39), 88_000);
});
