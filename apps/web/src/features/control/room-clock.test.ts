import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOffset } from './room-clock.ts';

test('a slow answer does not set the clock back; a clock that was set begins anew', () => {
  assert.equal(nextOffset(undefined, -40), -40);
  assert.equal(nextOffset(-40, -400), -40);
  assert.equal(nextOffset(-400, -40), -40);
  assert.equal(nextOffset(-40, 9_000), 9_000);
  assert.equal(nextOffset(9_000, -40), -40);
});
