import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isElsewhere } from './is-elsewhere.ts';

const now = new Date('2026-11-21T06:00:00Z');

test('who reads another time than Seoul is elsewhere', () => {
  assert.equal(isElsewhere(now, 'Europe/Berlin'), true);
  assert.equal(isElsewhere(now, 'America/New_York'), true);
});

test('who reads the same time is not, wherever that is', () => {
  assert.equal(isElsewhere(now, 'Asia/Seoul'), false);
  assert.equal(isElsewhere(now, 'Asia/Tokyo'), false);
});
