import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signEntryToken, verifyEntryToken } from './entry-token.ts';
import { signHs256, verifyHs256 } from './hs256.ts';

const key = Buffer.alloc(32, 3);
const slot = {
  eventId: 'event-1',
  accountId: 'account-1',
  slotId: 'slot-1',
  startsAtSeconds: 1_000,
  endsAtSeconds: 1_600,
};

test('an entry token speaks for one account and one event until its slot ends', () => {
  const token = signEntryToken(slot, key);
  const verified = verifyEntryToken(token, key, { nowSeconds: 1_599 });
  assert.equal(verified.kind, 'valid');
  assert.equal(verified.kind === 'valid' && verified.claims.eventId, 'event-1');
  assert.equal(verified.kind === 'valid' && verified.claims.accountId, 'account-1');
  assert.deepEqual(verifyEntryToken(token, key, { nowSeconds: 1_600 }), {
    kind: 'invalid',
    fault: 'expired',
  });
  assert.equal(verifyEntryToken(token, key, { nowSeconds: 1_650, toleranceSeconds: 90 }).kind, 'valid');
});

test('a token of another key, another audience or another algorithm is refused', () => {
  const token = signEntryToken(slot, key);
  const time = { nowSeconds: 1_100 };
  assert.deepEqual(verifyEntryToken(token, Buffer.alloc(32, 4), time), {
    kind: 'invalid',
    fault: 'bad-signature',
  });
  const access = signHs256(
    { iss: 'urr-auth', aud: 'urr-access', sub: 'a', jti: 'j', iat: 1, exp: 9_999 },
    key,
  );
  assert.deepEqual(verifyEntryToken(access, key, time), { kind: 'invalid', fault: 'wrong-audience' });
  const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${token.split('.')[1]}.`;
  assert.deepEqual(verifyEntryToken(none, key, time), { kind: 'invalid', fault: 'malformed' });
});

test('no single changed character of a token passes', () => {
  const token = signEntryToken(slot, key);
  const characters = token.split('');
  // The last character of an unpadded base64url signature has two bits that decode to nothing; text is compared, not bytes.
  for (const [index, character] of characters.entries()) {
    const changed = token.slice(0, index) + (character === 'A' ? 'B' : 'A') + token.slice(index + 1);
    assert.equal(verifyEntryToken(changed, key, { nowSeconds: 1_100 }).kind, 'invalid', `character ${index}`);
  }
});

test('nonsense is refused without a throw', () => {
  for (const token of ['', '.', '..', '...', 'a.b', 'a.b.c', 'é.é.é', 'x'.repeat(10_000)]) {
    assert.equal(verifyHs256(token, key, { audience: 'x', nowSeconds: 0 }).kind, 'invalid');
  }
});
