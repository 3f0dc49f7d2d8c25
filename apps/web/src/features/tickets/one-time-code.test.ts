import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneTimeCode, oneTimeKey, qrText, secondsLeft, stepAt } from './one-time-code.ts';

// RFC 6238, appendix B: SHA-1, 8 digits, 30 s, the secret "12345678901234567890".
const secret = Buffer.from('12345678901234567890').toString('base64url');
const vectors: readonly (readonly [number, string])[] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];

test('one-time codes are those of RFC 6238', async () => {
  const key = await oneTimeKey(secret);
  for (const [seconds, code] of vectors) assert.equal(await oneTimeCode(key, stepAt(seconds * 1000)), code);
});

test('a secret in base64url is read whole', async () => {
  const awkward = Buffer.from('fbefbefbffbfffbeff00fbefbefbffbfffbeff00', 'hex').toString('base64url');
  assert.match(awkward, /[-_]/);
  assert.match(await oneTimeCode(await oneTimeKey(awkward), 1), /^\d{8}$/);
});

test('the key cannot be read out of the device again', async () => {
  const key = await oneTimeKey(secret);
  await assert.rejects(crypto.subtle.exportKey('raw', key));
});

test('the QR says what the gate reads', async () => {
  assert.equal(await qrText('a-code', await oneTimeKey(secret), 1), 'urr1.a-code.94287082');
});

test('seconds count down from 30 to 1', () => {
  assert.deepEqual([0, 1, 29_000, 29_999, 30_000].map(secondsLeft), [30, 30, 1, 1, 30]);
});
