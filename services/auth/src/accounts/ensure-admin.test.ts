import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { bearer, password, startAuth } from '../auth.fixture.ts';
import { createAdmin, ensureAdmin } from './ensure-admin.ts';

const auth = await startAuth();
const accounts = '/api/v1/auth/accounts';

test('the first admin is made once, also by starts at the same moment', async () => {
  const made = await Promise.all([1, 2, 3].map(() => ensureAdmin(auth.databaseUrl)));
  assert.equal(made.filter((access) => access !== undefined).length, 1);
  assert.equal(await ensureAdmin(auth.databaseUrl), undefined);
});

test('a one-time password opens nothing but its own change', async () => {
  const { email, oneTimePassword } = await createAdmin(auth.databaseUrl, 'Boss@Example.com');
  const first = (await auth.post('login', { email, password: oneTimePassword })).json<SignedIn>();
  assert.deepEqual([first.account.role, first.account.mustChangePassword], ['admin', true]);
  const early = await auth.inject({ method: 'GET', url: accounts, headers: bearer(first) });
  assert.equal(early.statusCode, 403);
  const change = { currentPassword: oneTimePassword, newPassword: 'a lasting password' };
  const changed = (await auth.post('password', change, bearer(first))).json<SignedIn>();
  assert.equal(changed.account.mustChangePassword, false);
  const later = await auth.inject({ method: 'GET', url: accounts, headers: bearer(changed) });
  assert.equal(later.statusCode, 200);
  const spent = await auth.post('login', { email, password: oneTimePassword });
  assert.equal(spent.json<{ code: string }>().code, 'wrong-credentials');
});

test('making an admin of a known account ends its sessions and is audited', async () => {
  const fan = await auth.registerFan();
  await createAdmin(auth.databaseUrl, fan.account.email);
  assert.equal((await auth.post('refresh', { refreshToken: fan.refreshToken })).statusCode, 401);
  assert.equal((await auth.post('login', { email: fan.account.email, password })).statusCode, 401);
  const audit = await auth.pool.query('SELECT * FROM audit_log WHERE subject = $1', [
    `account:${fan.account.accountId}`,
  ]);
  assert.deepEqual([audit.rows[0]?.action, audit.rows[0]?.before], ['account.grant-admin', { role: 'fan' }]);
});
