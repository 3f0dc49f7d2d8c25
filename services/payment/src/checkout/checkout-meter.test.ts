import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCheckoutMeter } from './checkout-meter.ts';

test('a window tells how many confirmations ended, how many with a fault, and how long they took', () => {
  const meter = createCheckoutMeter();
  for (let index = 1; index <= 100; index += 1) meter.record('a', index, index > 97);
  assert.deepEqual(meter.drain(), [{ eventId: 'a', confirmations: 100, failures: 3, p95Ms: 95 }]);
});

test('a sale that has become quiet is still reported, for an hour: only silence means that nobody measures', () => {
  let nowMs = 0;
  const meter = createCheckoutMeter(() => nowMs);
  assert.deepEqual(meter.drain(), []);
  meter.record('a', 5, false);
  assert.equal(meter.drain().length, 1);
  nowMs += 3_599_000;
  assert.deepEqual(meter.drain(), [{ eventId: 'a', confirmations: 0, failures: 0, p95Ms: 0 }]);
  nowMs += 2_000;
  assert.deepEqual(meter.drain(), []);
});
