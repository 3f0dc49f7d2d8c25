import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceLeapOf } from './pace-leap.ts';

test('five times the present value or more is asked about first, less applies at once', () => {
  assert.equal(paceLeapOf(20, 99), null);
  assert.deepEqual(paceLeapOf(20, 100), { kind: 'raise', before: 20, after: 100, times: 5 });
  assert.deepEqual(paceLeapOf(1, 99_999), { kind: 'raise', before: 1, after: 99_999, times: 99_999 });
  assert.deepEqual(paceLeapOf(3, 20), { kind: 'raise', before: 3, after: 20, times: 6 });
  assert.equal(paceLeapOf(1, 4), null);
});

test('letting nobody in is asked about, and so is letting people in again', () => {
  assert.deepEqual(paceLeapOf(500, 0), { kind: 'none', before: 500 });
  assert.deepEqual(paceLeapOf(0, 2), { kind: 'raise', before: 0, after: 2, times: null });
});

test('going down, however far, and staying as it is apply at once', () => {
  assert.equal(paceLeapOf(99_999, 1), null);
  assert.equal(paceLeapOf(0, 0), null);
  assert.equal(paceLeapOf(7, 7), null);
});
