import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf, pollAfter, waitBand } from './place.ts';

test('before opening nobody has a number, and the lobby has none before the draw', () => {
  assert.equal(numberOf(3, { lobbySize: null, order: undefined }), null);
  assert.equal(numberOf(3, { lobbySize: 5, order: undefined }), null);
  assert.equal(numberOf(6, { lobbySize: 5, order: undefined }), 6);
  assert.equal(numberOf(3, { lobbySize: 5, order: (index) => 4 - index }), 3);
});

test('the farther away, the rarer the polls', () => {
  assert.deepEqual([0, 100, 101, 5_000, 50_000, 5_000_000].map(pollAfter), [1, 1, 3, 10, 30, 30]);
});

test('a wait is a band of whole seconds, and never endless', () => {
  assert.deepEqual(waitBand(0, 10), { from: 0, to: 0 });
  assert.deepEqual(waitBand(1000, 10), { from: 70, to: 150 });
  for (const speed of [0, 0.001, 7.3, 1e6]) {
    const { from, to } = waitBand(123_456_789, speed);
    assert.ok(Number.isInteger(from) && Number.isInteger(to) && from <= to);
  }
});
