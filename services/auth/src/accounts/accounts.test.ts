import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountView, SignedIn } from '@urr/contracts/auth.ts';
import { bearer, password, startAuth } from '../auth.fixture.ts';

const auth = await startAuth();

test('registering answers as signed in, with tokens in body and cookies', async () => {
  const response = await auth.post('register', { email: ' Mina@Example.com ', password, name: '미나' });
  assert.equal(response.statusCode, 201);
  const signedIn = response.json<SignedIn>();
  assert.equal(signedIn.account.email, 'mina@example.com');
  assert.equal(signedIn.account.role, 'fan');
  const cookies = new Map(response.cookies.map((cookie) => [cookie.name, cookie]));
  assert.equal(cookies.get('access_token')?.value, signedIn.accessToken);
  assert.equal(cookies.get('access_token')?.path, '/');
  assert.equal(cookies.get('access_token')?.maxAge, 1800);
  assert.equal(cookies.get('refresh_token')?.path, '/api');
  assert.equal(cookies.get('refresh_token')?.maxAge, 7 * 86_400);
  for (const cookie of cookies.values()) {
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, 'Lax');
  }
  const me = await auth.inject({ method: 'GET', url: '/api/v1/auth/me', headers: bearer(signedIn) });
  assert.equal(me.json<AccountView>().name, '미나');
  assert.equal(me.body.includes('argon2'), false);
});

test('the same mail in another spelling is taken, also when both register at once', async () => {
  await auth.registerFan('twice@example.com');
  const again = await auth.post('register', { email: 'TWICE@example.com', password });
  assert.equal(again.statusCode, 409);
  assert.equal(again.json<{ code: string }>().code, 'email-taken');
  const both = await Promise.all(
    [1, 2, 3, 4].map(() => auth.post('register', { email: 'race@example.com', password })),
  );
  assert.deepEqual(
    both.map((response) => response.statusCode).toSorted((a, b) => a - b),
    [201, 409, 409, 409],
  );
});

test('faulty registrations are refused with 422 and nothing is written', async () => {
  const before = await auth.pool.query('SELECT count(*) FROM accounts');
  const faulty = [
    { email: 'nobody', password },
    { email: 'a@b', password },
    { email: 'a\u0000b@example.com', password },
    { email: `${'x'.repeat(250)}@example.com`, password },
    { email: 'a@example.com', password: 'short' },
    { email: 'a@example.com', password: 'x'.repeat(201) },
    { email: 'a@example.com', password, name: 'a\u0000b' },
    { email: 'a@example.com', password, role: 'admin' },
    { email: ['a@example.com'], password },
    { password },
    [],
  ];
  for (const payload of faulty) {
    const response = await auth.post('register', payload);
    assert.equal(response.statusCode, 422, JSON.stringify(payload));
  }
  const after = await auth.pool.query('SELECT count(*) FROM accounts');
  assert.deepEqual(after.rows, before.rows);
});

test('a mail that its one spelling would turn into none is refused with 422', async () => {
  const before = await auth.pool.query('SELECT count(*) FROM accounts');
  const wide = ['a＠b@x.example', 'a，b@x.example', 'a；b@x.example', 'a＜b＞@x.example', 'a@x.example．'];
  for (const email of [...wide, 'a\u3164@x.example', `${'\ufdfa'.repeat(20)}@x.example`]) {
    const response = await auth.post('register', { email, password });
    assert.equal(response.statusCode, 422, email);
    const { code, data } = response.json<{ code: string; data: { errors: { path: string }[] } }>();
    assert.deepEqual([code, data.errors[0]?.path], ['invalid-input', 'body/email']);
  }
  const after = await auth.pool.query('SELECT count(*) FROM accounts');
  assert.deepEqual(after.rows, before.rows);
  const honest = await auth.post('register', { email: 'ｗｉｄｅ@x.example', password });
  assert.equal(honest.json<SignedIn>().account.email, 'wide@x.example');
});

test('registering refuses the names that renaming refuses, and takes the others', async () => {
  const fan = await auth.registerFan();
  const registered = (name: string) =>
    auth.post('register', { email: `n-${Math.random()}@example.com`, password, name });
  const renamed = (name: string) =>
    auth.inject({ method: 'PATCH', url: '/api/v1/auth/me', headers: bearer(fan), payload: { name } });
  const unseen = [
    '\u202egpj.exe\u200b',
    '\u3164\u2800',
    '\u2800',
    '\u1160',
    '\uffa0',
    'a\u3164',
    '   ',
    'a\u2067b',
  ];
  for (const name of unseen) {
    const codes = [(await registered(name)).statusCode, (await renamed(name)).statusCode];
    assert.deepEqual(codes, [422, 422], JSON.stringify(name));
  }
  for (const name of ['김 미나', 'Zoë O’Neil', '미나 🎫', '❤️', '각'.normalize('NFD')]) {
    const made = await registered(name);
    assert.equal(made.json<SignedIn>().account.name, name);
    assert.equal((await renamed(name)).statusCode, 200, name);
  }
});

test('odd but honest passwords work: spaces, NUL, emoji, lone surrogates', async () => {
  for (const odd of ['          ', 'with\u0000nul inside', '비밀번호🎫🎫🎫🎫🎫🎫', 'lone \ud800 surrogate']) {
    const email = `odd-${Math.random()}@example.com`;
    assert.equal((await auth.post('register', { email, password: odd })).statusCode, 201);
    assert.equal((await auth.post('login', { email, password: odd })).statusCode, 200);
  }
});

test('only an admin lists accounts and sets roles; the change is audited and ends the sessions', async () => {
  const fan = await auth.registerFan();
  const admin = await auth.registerFan('boss@example.com');
  const asFan = await auth.inject({ method: 'GET', url: '/api/v1/auth/accounts', headers: bearer(fan) });
  assert.equal(asFan.statusCode, 403);
  await auth.pool.query("UPDATE accounts SET role = 'admin' WHERE id = $1", [admin.account.accountId]);
  const boss = (await auth.post('login', { email: 'boss@example.com', password })).json<SignedIn>();
  const found = await auth.inject({
    method: 'GET',
    url: `/api/v1/auth/accounts?email=${encodeURIComponent(fan.account.email)}`,
    headers: bearer(boss),
  });
  assert.equal(found.json<{ accounts: AccountView[] }>().accounts[0]?.accountId, fan.account.accountId);
  const changed = await auth.inject({
    method: 'PATCH',
    url: `/api/v1/auth/accounts/${fan.account.accountId}`,
    headers: bearer(boss),
    payload: { role: 'organiser' },
  });
  assert.equal(changed.json<AccountView>().role, 'organiser');
  const audit = await auth.pool.query("SELECT * FROM audit_log WHERE action = 'account.set-role'");
  assert.equal(audit.rows[0]?.actor, boss.account.accountId);
  assert.deepEqual([audit.rows[0]?.before, audit.rows[0]?.after], [{ role: 'fan' }, { role: 'organiser' }]);
  assert.equal((await auth.post('refresh', { refreshToken: fan.refreshToken })).statusCode, 401);
  const lastAdmin = await auth.inject({
    method: 'PATCH',
    url: `/api/v1/auth/accounts/${boss.account.accountId}`,
    headers: bearer(boss),
    payload: { role: 'fan' },
  });
  assert.equal(lastAdmin.json<{ code: string }>().code, 'last-admin');
});

test('accounts come page by page, each once', async () => {
  const boss = (await auth.post('login', { email: 'boss@example.com', password })).json<SignedIn>();
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const url = `/api/v1/auth/accounts?limit=3${after === undefined ? '' : `&after=${after}`}`;
    const page = (await auth.inject({ method: 'GET', url, headers: bearer(boss) })).json<{
      accounts: AccountView[];
      next?: string;
    }>();
    seen.push(...page.accounts.map((account) => account.accountId));
    after = page.next;
  } while (after !== undefined);
  const all = await auth.pool.query('SELECT count(*)::int AS n FROM accounts');
  assert.equal(seen.length, all.rows[0]?.n);
  assert.equal(new Set(seen).size, seen.length);
});

test('changing the password needs the old one, ends the other sessions and signs in anew', async () => {
  const fan = await auth.registerFan();
  const change = (currentPassword: string) =>
    auth.post('password', { currentPassword, newPassword: 'another good one' }, bearer(fan));
  assert.equal((await change('wrong password')).json<{ code: string }>().code, 'wrong-credentials');
  const changed = await change(password);
  assert.equal(changed.statusCode, 200);
  assert.equal((await auth.post('refresh', { refreshToken: fan.refreshToken })).statusCode, 401);
  const renewed = changed.json<SignedIn>();
  assert.equal((await auth.post('refresh', { refreshToken: renewed.refreshToken })).statusCode, 200);
  assert.equal((await auth.post('login', { email: fan.account.email, password })).statusCode, 401);
});

test('the owner of an account changes its name, which is audited; an unseen name is refused', async () => {
  const fan = await auth.registerFan();
  const rename = (name: unknown) =>
    auth.inject({ method: 'PATCH', url: '/api/v1/auth/me', headers: bearer(fan), payload: { name } });
  const renamed = await rename(' 김 미나 ');
  assert.deepEqual([renamed.statusCode, renamed.json<AccountView>().name], [200, '김 미나']);
  assert.equal((await rename('김 미나')).statusCode, 200);
  const audit = await auth.pool.query(
    'SELECT actor, action, before, after FROM audit_log WHERE subject = $1',
    [`account:${fan.account.accountId}`],
  );
  const before = { name: fan.account.name };
  assert.deepEqual(audit.rows, [
    { actor: fan.account.accountId, action: 'account.rename', before, after: { name: '김 미나' } },
  ]);
  for (const name of ['', '   ', 'a\u0000b', 'a\nb', '\u200b', 'a\u202eb', 'x'.repeat(81), 7, undefined])
    assert.equal((await rename(name)).statusCode, 422, JSON.stringify(name));
  const nobody = await auth.inject({ method: 'PATCH', url: '/api/v1/auth/me', payload: { name: 'x' } });
  assert.equal(nobody.statusCode, 401);
});

test('mails come in the language of registration, and in both where none was named', async () => {
  const languageOf = async (asked: string) => {
    const email = `l-${Math.random()}@example.com`;
    await auth.post('register', { email, password }, { 'accept-language': asked });
    const found = await auth.pool.query(
      'SELECT language, recipient, template FROM mails WHERE recipient = $1',
      [email],
    );
    assert.deepEqual([found.rowCount, found.rows[0]?.template], [1, 'welcome']);
    return found.rows[0]?.language as string | null;
  };
  assert.equal(await languageOf('ko-KR,ko;q=0.9,en;q=0.8'), 'ko');
  assert.equal(await languageOf('en-GB,en;q=0.9,ko;q=0.8'), 'en');
  assert.equal(await languageOf('fr-FR, ko;q=0.5'), 'ko');
  for (const neither of ['', '*', 'fr', 'eng', 'kok-IN'])
    assert.equal(await languageOf(neither), null, neither);
});
