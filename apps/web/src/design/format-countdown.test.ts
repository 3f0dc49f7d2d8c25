import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCountdown } from './format-countdown.ts';

test('within a day it is a clock, beyond it counts the days', () => {
  assert.equal(formatCountdown(45, 'ko'), '00:00:45');
  assert.equal(formatCountdown(86_399, 'ko'), '23:59:59');
  assert.equal(formatCountdown(3 * 86_400 + 7 * 3600 + 765, 'ko'), '3일 07:12:45');
  assert.equal(formatCountdown(86_400, 'en'), '1 day 00:00:00');
  assert.equal(formatCountdown(2 * 86_400, 'en'), '2 days 00:00:00');
});

test('a part of a second still counts, and nothing is below nothing', () => {
  assert.equal(formatCountdown(0.2, 'ko'), '00:00:01');
  assert.equal(formatCountdown(-5, 'ko'), '00:00:00');
});
