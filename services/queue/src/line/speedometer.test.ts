import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpeedometer } from './speedometer.ts';

test('speed is known after ten seconds of waiting, and forgotten when nobody waits', () => {
  let now = 0;
  const speedometer = createSpeedometer(() => now);
  for (; now <= 9_000; now += 1_000) speedometer.record(now / 100, true);
  assert.equal(speedometer.perSecond(), undefined);
  for (; now <= 120_000; now += 1_000) speedometer.record(now / 100, true);
  assert.equal(speedometer.perSecond(), 10);
  speedometer.record(1, false);
  assert.equal(speedometer.perSecond(), undefined);
});
