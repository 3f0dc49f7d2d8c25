import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pollDelayMs } from './poll-schedule.ts';

test('looks come apart, and come to an end after ten minutes', () => {
  const delays: number[] = [];
  for (let look = 0; ; look++) {
    const delay = pollDelayMs(look);
    if (delay === undefined) break;
    assert.ok(delay >= (delays.at(-1) ?? 0));
    delays.push(delay);
  }
  const whole = delays.reduce((sum, delay) => sum + delay, 0);
  assert.equal(delays[0], 1_000);
  assert.equal(Math.max(...delays), 15_000);
  assert.ok(whole >= 600_000 && whole < 620_000, String(whole));
  assert.ok(delays.length < 60);
});
