import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactMoment } from './exact-moment.ts';

const now = Date.parse('2026-12-31T16:00:00Z');

test('a change is dated like everything else, by the clock of the control room, to the second', () => {
  assert.equal(exactMoment('2027-11-21T05:37:43Z', 'en', now), 'Sun 21 Nov, 14:37:43');
  assert.equal(exactMoment('2027-11-20T15:00:05Z', 'ko', now), '11월 21일 (일) 00:00:05');
});

test('a change of another year says which', () => {
  assert.match(exactMoment('2026-12-31T14:59:59Z', 'en', now), /2026, 23:59:59$/);
  assert.match(exactMoment('2026-12-31T14:59:59Z', 'ko', now), /^2026년/);
});
