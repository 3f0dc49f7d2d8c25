import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isOutdated, matchesHash } from './password-hash.ts';
import { createPasswordHasher } from './password-hasher.ts';

const cost = { memoryKib: 64, passes: 1 };

test('a hash is a PHC string that matches its password and no other, and never repeats', async () => {
  const [one, two] = [await hashPassword('secret one', cost), await hashPassword('secret one', cost)];
  assert.match(one, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.notEqual(one, two);
  assert.equal(await matchesHash('secret one', one), true);
  assert.equal(await matchesHash('secret two', one), false);
});

test('a string made elsewhere by argon2id is understood', async () => {
  // Made by the reference implementation: argon2 somesalt -id -t 2 -k 65536 -p 1 (its test suite).
  const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.equal(await matchesHash('password', phc), true);
});

test('what is no hash matches nothing and counts as outdated', async () => {
  for (const phc of ['', 'plain', '$2b$10$abc', '$argon2id$v=19$m=64,t=1,p=1$$']) {
    assert.equal(await matchesHash('', phc), false);
    assert.equal(isOutdated(phc, cost), true);
  }
  assert.equal(isOutdated(await hashPassword('x', cost), cost), false);
});

test('a password typed in composed or decomposed letters is the same', async () => {
  const phc = await hashPassword('caf\u00e9 비밀번호', cost);
  assert.equal(await matchesHash('cafe\u0301 비밀번호', phc), true);
});

test('an account without a password matches nothing, not even the decoy', async () => {
  const hasher = await createPasswordHasher({ ...cost, concurrency: 1, queueSize: 10 });
  assert.equal(await hasher.matches('nobody has this password', undefined), false);
});
