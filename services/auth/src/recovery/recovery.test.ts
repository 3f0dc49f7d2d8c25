import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { signEntryToken } from '@urr/entry-token/entry-token.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { bearer, password, startAuth } from '../auth.fixture.ts';
import { resetTokenOf } from '../passwords/reset-token.ts';

const auth = await startAuth();
await auth.run();
const fresh = 'a password never used';
const codeOf = (response: { json<T>(): T }) => response.json<{ code?: string }>().code;
let network = 0;
const ask = (email: string, address = `10.9.${(network += 1)}.1`) =>
  auth.post('password-reset', { email }, { 'x-forwarded-for': address });
const confirm = (token: string, chosen = fresh) =>
  auth.post('password-reset/confirm', { token, password: chosen });
const linkTo = async (email: string) => {
  const mail = await auth.mailTo(email, /비밀번호 재설정/);
  const token = /\/ko\/reset-password#(\S+)/.exec(mail.text_body)?.[1];
  assert.ok(token);
  return token;
};
const allSent = () =>
  waitUntil(async () => {
    const waiting = 'SELECT 1 FROM mails WHERE next_attempt_at IS NOT NULL';
    return (await auth.pool.query(waiting)).rowCount === 0;
  });

test('a mailed link sets a new password, ends every session, is audited and told of by mail', async () => {
  const fan = await auth.registerFan();
  const { email } = fan.account;
  const asked = await ask(` ${email.toUpperCase()} `);
  assert.deepEqual([asked.statusCode, asked.body], [202, '']);
  const done = await confirm(await linkTo(email));
  assert.equal(done.statusCode, 204);
  assert.equal((await auth.post('refresh', { refreshToken: fan.refreshToken })).statusCode, 401);
  assert.equal((await auth.post('login', { email, password })).statusCode, 401);
  assert.equal((await auth.post('login', { email, password: fresh })).statusCode, 200);
  const audit = await auth.pool.query('SELECT actor, action FROM audit_log WHERE subject = $1', [
    `account:${fan.account.accountId}`,
  ]);
  assert.deepEqual(audit.rows, [{ actor: fan.account.accountId, action: 'account.reset-password' }]);
  await auth.mailTo(email, /비밀번호가 변경되었습니다/);
});

test('a link works once, also when it is used many times at the same moment', async () => {
  const { email } = (await auth.registerFan()).account;
  await ask(email);
  const token = await linkTo(email);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => confirm(token, `chosen password ${index}`)),
  );
  assert.equal(answers.filter((answer) => answer.statusCode === 204).length, 1);
  const refused = answers.filter((answer) => answer.statusCode !== 204);
  assert.ok(refused.every((answer) => answer.statusCode === 410 && codeOf(answer) === 'reset-link-over'));
  assert.equal((await confirm(token)).statusCode, 410);
});

test('using one link voids the others of the account; so does changing the password while signed in', async () => {
  const fan = await auth.registerFan();
  const { email } = fan.account;
  await ask(email);
  const first = await linkTo(email);
  await ask(email);
  await waitUntil(async () => (await linkTo(email)) !== first);
  const second = await linkTo(email);
  assert.equal((await confirm(second)).statusCode, 204);
  assert.equal(codeOf(await confirm(first)), 'reset-link-over');
  const signedIn = (await auth.post('login', { email, password: fresh })).json<SignedIn>();
  await ask(email);
  await waitUntil(async () => (await linkTo(email)) !== second);
  const third = await linkTo(email);
  const change = { currentPassword: fresh, newPassword: 'yet another password' };
  assert.equal((await auth.post('password', change, bearer(signedIn))).statusCode, 200);
  assert.equal(codeOf(await confirm(third)), 'reset-link-over');
});

test('a link ends after thirty minutes', async () => {
  const { email } = (await auth.registerFan()).account;
  await ask(email);
  const token = await linkTo(email);
  const life = await auth.pool.query<{ minutes: number }>(
    `SELECT extract(epoch FROM r.expires_at - m.sent_at)::float8 / 60 AS minutes
     FROM password_resets r JOIN mails m USING (id) WHERE m.recipient = $1`,
    [email],
  );
  assert.ok(Math.abs((life.rows[0]?.minutes ?? 0) - 30) < 0.5);
  await auth.pool.query(
    "UPDATE password_resets r SET expires_at = expires_at - interval '30 minutes' FROM mails m WHERE m.id = r.id AND m.recipient = $1",
    [email],
  );
  assert.equal(codeOf(await confirm(token)), 'reset-link-over');
  assert.equal((await auth.post('login', { email, password })).statusCode, 200);
});

test('tokens of another kind never pass, nor does one made with another key', async () => {
  const fan = await auth.registerFan();
  await ask(fan.account.email);
  const token = await linkTo(fan.account.email);
  const key = Buffer.from(auth.environment.JWT_SECRET, 'base64');
  const now = Date.now() / 1000;
  const slot = { eventId: 'e', accountId: fan.account.accountId, slotId: 's', startsAtSeconds: now };
  const reset = await auth.pool.query<{ id: string; hash: string }>(
    "SELECT id, encode(token_hash, 'base64') AS hash FROM password_resets ORDER BY id DESC LIMIT 1",
  );
  const { id = '', hash = '' } = reset.rows[0] ?? {};
  const others = [
    fan.accessToken,
    fan.refreshToken,
    fan.refreshToken.replace('urr_r_', 'urr_p_'),
    signEntryToken({ ...slot, endsAtSeconds: now + 60 }, key),
    resetTokenOf(id, key),
    resetTokenOf(id, Buffer.alloc(32)),
    hash,
    id,
    `${token} `,
    token.slice(0, -1),
    '\u0000',
  ];
  for (const other of others) assert.equal(codeOf(await confirm(other)), 'reset-link-over', other);
  const me = (bearing: string) =>
    auth.inject({ method: 'GET', url: '/api/v1/auth/me', headers: { authorization: `Bearer ${bearing}` } });
  assert.equal((await me(token)).statusCode, 401);
  assert.equal((await auth.post('refresh', { refreshToken: token })).statusCode, 401);
  assert.equal((await confirm(token)).statusCode, 204);
});

test('the token stands nowhere in the database but in the mailbox', async () => {
  const { email } = (await auth.registerFan()).account;
  await ask(email);
  const token = await linkTo(email);
  for (const table of ['mails', 'password_resets', 'audit_log', 'password_reset_counts']) {
    const rows = await auth.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    assert.ok(
      rows.rows.every(({ row }) => !row.includes(token.slice(6))),
      table,
    );
  }
});

test('faulty input is refused and nothing changes', async () => {
  for (const payload of [{}, { email: 'x' }, { email: 7 }, { email: 'a\r\nBcc: b@c.kr@d.kr' }, []])
    assert.equal((await auth.post('password-reset', payload)).statusCode, 422);
  for (const payload of [
    {},
    { token: 'x' },
    { token: 'x', password: 'short' },
    { token: '', password: fresh },
  ])
    assert.equal((await auth.post('password-reset/confirm', payload)).statusCode, 422);
});

test('a mail without an account is answered alike, gets no mail and leaves nothing behind', async () => {
  const [known, unknown] = [(await auth.registerFan()).account.email, 'nobody@example.com'];
  const strip = (response: Awaited<ReturnType<typeof ask>>) => {
    const { date: _date, 'x-request-id': _id, ...headers } = response.headers;
    return [response.statusCode, response.body, headers];
  };
  assert.deepEqual(strip(await ask(unknown)), strip(await ask(known)));
  await linkTo(known);
  await allSent();
  assert.deepEqual(await auth.mailsTo(unknown), []);
  const left = await auth.pool.query('SELECT 1 FROM mails WHERE recipient = $1', [unknown]);
  assert.equal(left.rowCount, 0);
});

test('asking takes the same time whether the account exists or not', async () => {
  const quiet = await startAuth({
    PASSWORD_RESETS_PER_ADDRESS: '1000000',
    PASSWORD_RESETS_PER_ACCOUNT: '1000',
  });
  const known = (await quiet.registerFan()).account.email;
  const times = { known: [] as number[], unknown: [] as number[] };
  const once = async (kind: 'known' | 'unknown', email: string) => {
    const started = performance.now();
    await quiet.post('password-reset', { email });
    times[kind].push(performance.now() - started);
  };
  // Alternating, so that whatever else the machine does meets both.
  for (let round = 0; round < 60; round += 1) {
    await once('known', known);
    await once('unknown', 'stranger@example.com');
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length / 2] ?? 0;
  const [one, other] = [median(times.known), median(times.unknown)];
  assert.ok(one < other * 1.5 && other < one * 1.5, `${one} ms against ${other} ms`);
  // By construction: neither looks at the accounts.
  const source = await quiet.pool.query("SELECT prosrc FROM pg_proc WHERE proname = 'ask_password_reset'");
  assert.ok(!/accounts/.test(String(source.rows[0]?.prosrc)));
});

test('an account gets three links within half an hour, quietly; an address that asks on is told to wait', async () => {
  const { email } = (await auth.registerFan()).account;
  for (let asked = 0; asked < 5; asked += 1) assert.equal((await ask(email)).statusCode, 202);
  await allSent();
  const links = (await auth.mailsTo(email)).filter((mail) => /비밀번호 재설정/.test(mail.subject));
  assert.equal(links.length, 3);
  await auth.pool.query("UPDATE password_reset_counts SET since = since - interval '31 minutes'");
  await ask(email);
  await waitUntil(async () => (await auth.mailsTo(email)).length === 5);
  const busy = await startAuth({ PASSWORD_RESETS_PER_ADDRESS: '3' });
  const from = (address: string, index: number) =>
    busy.post('password-reset', { email: `n${index}@example.com` }, { 'x-forwarded-for': address });
  const statuses: number[] = [];
  for (let asked = 0; asked < 4; asked += 1) statuses.push((await from('192.0.2.9', asked)).statusCode);
  assert.deepEqual(statuses, [202, 202, 202, 429]);
  const refused = await from('192.0.2.9', 9);
  assert.equal(codeOf(refused), 'rate-limited');
  assert.ok(Number(refused.headers['retry-after']) > 1_700);
  assert.equal((await from('192.0.2.10', 0)).statusCode, 202);
});

test('an account that signs in by Google alone is told so and gets no link', async () => {
  const { email, accountId } = (await auth.registerFan()).account;
  await auth.pool.query("UPDATE accounts SET password_hash = NULL, google_subject = 'g' WHERE id = $1", [
    accountId,
  ]);
  await ask(email);
  const mail = await auth.mailTo(email, /Google/);
  assert.ok(!/reset-password#/.test(mail.text_body));
});

test('a new password lifts the slow-down of wrong guesses', async () => {
  const { email } = (await auth.registerFan()).account;
  for (let guess = 0; guess < 7; guess += 1) await auth.post('login', { email, password: 'wrong' });
  assert.equal(codeOf(await auth.post('login', { email, password })), 'sign-in-slowed');
  await ask(email);
  assert.equal((await confirm(await linkTo(email))).statusCode, 204);
  assert.equal((await auth.post('login', { email, password: fresh })).statusCode, 200);
});
