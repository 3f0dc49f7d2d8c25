import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linePath, placeOf, scaleFor, sharesOf } from './scale.ts';

test('a scale ends at an easy number that holds every value', () => {
  const tops = [0, 1, 2, 3, 5, 7, 10, 11, 59, 100, 101, 12_345].map((value) => scaleFor([value, null]).top);
  assert.deepEqual(tops, [2, 2, 2, 4, 6, 10, 10, 20, 60, 100, 200, 20_000]);
  assert.deepEqual(scaleFor([]).lines, [0, 1, 2]);
  assert.deepEqual(scaleFor([3.5], { isWhole: false }).lines, [0, 2, 4]);
  assert.deepEqual(scaleFor([0.05], { isWhole: false }).lines, [0, 0.1, 0.2]);
  for (let value = 1; value < 5_000; value += 7) {
    const { top, lines } = scaleFor([value]);
    assert.ok(top >= value && top <= value * 2.5 + 1, String(value));
    assert.ok(lines.every(Number.isInteger));
  }
});

test('the window ends at the right, the greatest value stands at the top', () => {
  const frame = { endMs: 1_000, windowMs: 1_000, top: 10 };
  assert.deepEqual(placeOf({ atMs: 1_000, value: 10 }, frame), { x: 1000, y: 0 });
  assert.deepEqual(placeOf({ atMs: 0, value: 0 }, frame), { x: 0, y: 100 });
  assert.deepEqual(placeOf({ atMs: 500, value: 99 }, frame), { x: 500, y: 0 });
});

test('a line is broken where nobody looked and begins inside the window', () => {
  const frame = { endMs: 1_000, windowMs: 1_000, top: 10 };
  const points = [
    { atMs: -5, value: 1 },
    { atMs: 0, value: 10 },
    { atMs: 250, value: 5 },
    { atMs: 300, value: null },
    { atMs: 500, value: 0 },
  ];
  assert.equal(linePath(points, frame), 'M0 0L250 50M500 100');
  assert.equal(linePath([], frame), '');
});

test('shares of nothing are nothing', () => {
  assert.deepEqual(sharesOf([1, 2], 4), [25, 50]);
  assert.deepEqual(sharesOf([1, 2], 0), [0, 0]);
});
