import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spreadOf } from './spread.ts';

test('the median is the middle value, or halfway between the two in the middle', () => {
  assert.deepEqual(spreadOf([9, 1, 5]), { median: 5, min: 1, max: 9 });
  assert.deepEqual(spreadOf([10, 2, 4, 1]), { median: 3, min: 1, max: 10 });
  assert.deepEqual(spreadOf([7]), { median: 7, min: 7, max: 7 });
});

test('numbers are put in order as numbers, and the values given stay as they are', () => {
  const values = [100, 20, 3];
  assert.equal(spreadOf(values).median, 20);
  assert.deepEqual(values, [100, 20, 3]);
});

test('nothing measured is a fault, not a zero', () => {
  assert.throws(() => spreadOf([]), /Nothing was measured/);
});
