import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCurrentCode, oneTimeCode, secondsLeft, stepAt } from './one-time-code.ts';

// RFC 6238, appendix B.
const times = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000];
const vectors = {
  'SHA-1': ['94287082', '07081804', '14050471', '89005924', '69279037', '65353130'],
  'SHA-256': ['46119246', '68084774', '67062674', '91819424', '90698825', '77737706'],
  'SHA-512': ['90693936', '25091201', '99943326', '93441116', '38618901', '47863826'],
} as const;
const secretBytes = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-512': 64 } as const;

test('one-time codes are those of RFC 6238', () => {
  for (const algorithm of ['SHA-1', 'SHA-256', 'SHA-512'] as const) {
    const secret = Buffer.from('1234567890'.repeat(7).slice(0, secretBytes[algorithm]));
    const rule = { algorithm, digits: 8, periodSeconds: 30 };
    const codes = times.map((seconds) => oneTimeCode(secret, stepAt(seconds * 1000, rule), rule));
    assert.deepEqual(codes, vectors[algorithm]);
  }
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
