import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoment, formatShortMoment } from './format.ts';

const evening = '2026-12-05T10:05:00Z';

test('an hour is written the same way in every Korean time', () => {
  assert.match(formatShortMoment(evening, 'ko'), /오후\s7:05$/);
  assert.match(formatMoment(evening, 'ko'), /오후\s7:05$/);
});

test('a Korean time of day stays on one line', () => {
  assert.match(formatShortMoment(evening, 'ko'), /오후\u00a07:05$/);
});

test('an English hour has two digits', () => {
  assert.equal(formatShortMoment('2026-12-05T00:05:00Z', 'en'), 'Sat 5 Dec, 09:05');
});
