import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betterClock, readClock, serverOffsetMs, untilNextTick } from './server-clock.ts';

test('the offset takes a device that is wrong to the server’s time', () => {
  const deviceMs = Date.parse('2026-03-01T10:00:00.000Z');
  assert.equal(serverOffsetMs('2026-03-01T10:02:30.000Z', deviceMs), 150_000);
  assert.equal(serverOffsetMs(deviceMs - 5_000, deviceMs), -5_000);
});

test('a time nobody can read leaves the device’s clock alone', () => {
  assert.equal(serverOffsetMs('soon', 1_000), 0);
});

test('an answer’s time belongs to the middle of its way', () => {
  assert.deepEqual(readClock(10_000, 1_000, 1_200), { offsetMs: 8_900, uncertaintyMs: 100 });
});

test('a slower look does not move a countdown it agrees with', () => {
  const known = { offsetMs: 100, uncertaintyMs: 50 };
  assert.equal(betterClock(known, { offsetMs: 180, uncertaintyMs: 90 }), known);
});

test('a surer look replaces the known one, and so does one that contradicts it', () => {
  const known = { offsetMs: 100, uncertaintyMs: 50 };
  const surer = { offsetMs: 110, uncertaintyMs: 5 };
  const contradicting = { offsetMs: 60_000, uncertaintyMs: 400 };
  assert.equal(betterClock(known, surer), surer);
  assert.equal(betterClock(known, contradicting), contradicting);
});

test('ticks fall on the server’s whole seconds', () => {
  assert.equal(untilNextTick(1_250, 1_000), 750);
  assert.equal(untilNextTick(2_000, 1_000), 1_000);
});
