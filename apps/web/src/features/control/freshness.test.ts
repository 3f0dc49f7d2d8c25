import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshnessOf } from './freshness.ts';

test('what is shown is called live only while answers come in time', () => {
  const read = { updatedAtMs: 10_000, isFailing: false, everyMs: 1_000 };
  assert.equal(freshnessOf(read, 12_900), 'live');
  assert.equal(freshnessOf(read, 13_100), 'late');
  assert.equal(freshnessOf({ ...read, isFailing: true }, 12_000), 'late');
  assert.equal(freshnessOf({ ...read, isFailing: true }, 14_000), 'lost');
  assert.equal(freshnessOf({ ...read, everyMs: 5_000 }, 19_000), 'live');
});
