import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCurrentCode, oneTimeCode, secondsLeft, stepAt } from './one-time-code.ts';

// RFC 6238, appendix B: those of SHA-1.
const times = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000];
const vectors = ['94287082', '07081804', '14050471', '89005924', '69279037', '65353130'];

test('one-time codes are those of RFC 6238', () => {
  const secret = Buffer.from('12345678901234567890');
  const codes = times.map((seconds) => oneTimeCode(secret, stepAt(seconds * 1000)));
  assert.deepEqual(codes, vectors);
});

test('a code is taken in its own period and one before and after, never 90 seconds later', () => {
  const secret = Buffer.alloc(20, 7);
  const startMs = 1_700_000_010_000;
  const code = oneTimeCode(secret, stepAt(startMs));
  const isTaken = (afterMs: number) => isCurrentCode(secret, code, startMs + afterMs);
  assert.equal(startMs % 30_000, 0);
  assert.deepEqual([-30_000, 0, 29_999, 59_999].map(isTaken), [true, true, true, true]);
  assert.deepEqual([-30_001, 60_000, 90_000, 3_600_000].map(isTaken), [false, false, false, false]);
  assert.equal(isCurrentCode(secret, code.slice(1), startMs), false);
});

test('the time left counts down to the next period and never says zero', () => {
  assert.deepEqual(
    [0, 1_000, 29_000, 29_900].map((ms) => secondsLeft(ms)),
    [30, 29, 1, 1],
  );
});
