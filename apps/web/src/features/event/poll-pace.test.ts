import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDelayMs, pollDelayMs } from './poll-pace.ts';

test('an open sale is looked at every few seconds, an ended one never', () => {
  assert.equal(pollDelayMs('on-sale', 0, 0.5), 5_000);
  assert.equal(pollDelayMs('ended', 0, 0.5), undefined);
  assert.equal(pollDelayMs('cancelled', 0, 0.5), undefined);
});

test('failures slow it down, to two minutes at most', () => {
  assert.equal(pollDelayMs('on-sale', 2, 0.5), 20_000);
  assert.equal(pollDelayMs('before-lobby', 9, 0.5), 120_000);
});

test('a crowd is spread', () => {
  assert.ok((pollDelayMs('on-sale', 0, 0) ?? 0) < (pollDelayMs('on-sale', 0, 1) ?? 0));
  assert.ok(firstDelayMs(1) - firstDelayMs(0) >= 1_000);
});
