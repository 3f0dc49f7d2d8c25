import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawKey, drawOrder } from './permutation.ts';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
const places = (key: Uint8Array, size: number) => {
  const order = drawOrder(key, size);
  return Array.from({ length: size }, (_, index) => order(index));
};

test('every place is given exactly once, whatever the key and the size', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 700 }), (key, size) => {
      assert.deepEqual(
        places(key, size).toSorted((a, b) => a - b),
        Array.from({ length: size }, (_, index) => index),
      );
    }),
    { numRuns: 60 },
  );
});

test('another secret gives another order', () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      fc.pre(!Buffer.from(one).equals(Buffer.from(other)));
      const root = Buffer.alloc(32, 5);
      assert.notDeepEqual(places(drawKey(one, root), 100), places(drawKey(other, root), 100));
    }),
    { numRuns: 40 },
  );
});

test('every member has the same chance of every place', () => {
  const size = 7;
  const draws = 2_500;
  const counts = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (let draw = 0; draw < draws; draw += 1) {
    const key = drawKey(Buffer.from(`secret ${draw}`), Buffer.alloc(32));
    places(key, size).forEach((place, index) => {
      const row = counts[index] ?? [];
      row[place] = (row[place] ?? 0) + 1;
    });
  }
  const expected = draws / size;
  const chiSquare = counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // Each draw gives every row and column one, so (n−1)/n of the sum has (n−1)² = 36 degrees of freedom: 99.9 % of fair
  // draws stay below 68. The keys are fixed, so this never flickers.
  const scaled = (chiSquare * (size - 1)) / size;
  assert.ok(scaled < 68, `chi-square ${scaled}`);
});

test('a member outside the lobby has no place', () => {
  const order = drawOrder(Buffer.alloc(32), 10);
  for (const index of [-1, 10, 0.5, NaN]) assert.throws(() => order(index), RangeError);
});
