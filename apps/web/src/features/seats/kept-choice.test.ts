import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptSeatsOf } from './kept-choice.ts';

test('kept seats come back for the same hall alone', () => {
  assert.deepEqual(keptSeatsOf({ version: 'v1', seatIds: [3, 4] }, 'v1'), [3, 4]);
  assert.deepEqual(keptSeatsOf({ version: 'v1', seatIds: [3, 4] }, 'v2'), []);
});

test('what makes no sense is forgotten', () => {
  assert.deepEqual(keptSeatsOf(null, 'v1'), []);
  assert.deepEqual(keptSeatsOf({ version: 'v1', seatIds: ['3', -1, 2.5, 7] }, 'v1'), [7]);
});
