import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdStage, partLeft, secondsLeft } from './hold-clock.ts';

const hold = { createdAt: '2026-11-21T04:00:00.000Z', expiresAt: '2026-11-21T04:07:00.000Z' };
const end = Date.parse(hold.expiresAt);

test('the last second lasts until the hold is over, and never goes below nothing', () => {
  assert.equal(secondsLeft(hold.expiresAt, end - 420_000), 420);
  assert.equal(secondsLeft(hold.expiresAt, end - 1), 1);
  assert.equal(secondsLeft(hold.expiresAt, end), 0);
  assert.equal(secondsLeft(hold.expiresAt, end + 90_000), 0);
});

test('a reader is warned at two minutes and at thirty seconds', () => {
  assert.deepEqual([121, 120, 31, 30, 1, 0].map(holdStage), ['calm', 'soon', 'soon', 'last', 'last', 'over']);
});

test('the bar shows the part that is left', () => {
  assert.equal(partLeft(hold, end - 210_000), 0.5);
  assert.equal(partLeft(hold, end + 1), 0);
  assert.equal(partLeft({ createdAt: hold.expiresAt, expiresAt: hold.expiresAt }, end), 0);
});
