import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { signEntryToken } from '@urr/entry-token/entry-token.ts';
import { Kysely, PostgresDialect } from 'kysely';
import { bearer, startAuth } from '../auth.fixture.ts';
import type { AuthTables } from '../tables.ts';
import { removeOldSessions } from './store.ts';

const auth = await startAuth();
const refresh = (refreshToken: string) => auth.post('refresh', { refreshToken });
const passTime = (seconds: number) =>
  auth.pool.query(`UPDATE refresh_tokens SET used_at = used_at - $1 * interval '1 second'`, [seconds]);

test('refreshing rotates the token and answers cookies anew', async () => {
  const fan = await auth.registerFan();
  const response = await refresh(fan.refreshToken);
  assert.equal(response.statusCode, 200);
  const renewed = response.json<SignedIn>();
  assert.notEqual(renewed.refreshToken, fan.refreshToken);
  assert.equal(renewed.sessionId, fan.sessionId);
  const cookies = Object.fromEntries(response.cookies.map((cookie) => [cookie.name, cookie.value]));
  assert.deepEqual(cookies, { access_token: renewed.accessToken, refresh_token: renewed.refreshToken });
  const byCookie = await auth.post('refresh', undefined, { cookie: `refresh_token=${renewed.refreshToken}` });
  assert.equal(byCookie.statusCode, 200);
});

test('two tabs that refresh at once get the same successor, and both go on', async () => {
  const fan = await auth.registerFan();
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(fan.refreshToken)));
  assert.deepEqual([...new Set(answers.map((answer) => answer.statusCode))], [200]);
  const successors = new Set(answers.map((answer) => answer.json<SignedIn>().refreshToken));
  assert.equal(successors.size, 1);
  assert.equal((await refresh([...successors][0] ?? '')).statusCode, 200);
});

test('only hashes of refresh tokens are stored', async () => {
  const fan = await auth.registerFan();
  const rows = await auth.pool.query('SELECT t::text AS row FROM refresh_tokens t');
  assert.ok(rows.rows.length > 0);
  assert.ok(rows.rows.every((row: { row: string }) => !row.row.includes(fan.refreshToken.slice(8))));
});

test('no token kind passes for another', async () => {
  const fan = await auth.registerFan();
  const me = (token: string) =>
    auth.inject({ method: 'GET', url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } });
  assert.equal((await me(fan.refreshToken)).statusCode, 401);
  assert.equal((await refresh(fan.accessToken)).statusCode, 401);
  // Even signed with the same key, an entry token has another audience.
  const key = Buffer.from(auth.environment.JWT_SECRET, 'base64');
  const now = Date.now() / 1000;
  const slot = { eventId: 'e', accountId: fan.account.accountId, slotId: 's', startsAtSeconds: now };
  assert.equal((await me(signEntryToken({ ...slot, endsAtSeconds: now + 60 }, key))).statusCode, 401);
  const [head = '', payload = ''] = fan.accessToken.split('.');
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  for (const token of [`${unsigned}.${payload}.`, `${head}.${payload}.`, `${head}.${payload}.AAAA`])
    assert.equal((await me(token)).statusCode, 401);
});

test('logging out ends the session of the cookie and clears both cookies', async () => {
  const fan = await auth.registerFan();
  const response = await auth.post('logout', undefined, { cookie: `refresh_token=${fan.refreshToken}` });
  assert.equal(response.statusCode, 204);
  assert.deepEqual(
    response.cookies.map((cookie) => [cookie.name, cookie.maxAge]),
    [
      ['access_token', 0],
      ['refresh_token', 0],
    ],
  );
  assert.equal((await refresh(fan.refreshToken)).statusCode, 401);
  assert.equal((await auth.post('logout')).statusCode, 204);
});

test('a session ends after seven days without use', async () => {
  const fan = await auth.registerFan();
  await auth.pool.query('UPDATE sessions SET expires_at = clock_timestamp() WHERE id = $1', [fan.sessionId]);
  assert.equal((await refresh(fan.refreshToken)).json<{ code: string }>().code, 'session-over');
});

test('sessions are listed and ended by their owner alone', async () => {
  const [fan, other] = [await auth.registerFan(), await auth.registerFan()];
  const list = await auth.inject({ method: 'GET', url: '/api/v1/auth/sessions', headers: bearer(fan) });
  const { sessions } = list.json<{ sessions: { sessionId: string; current: boolean }[] }>();
  assert.deepEqual(
    sessions.map((one) => [one.sessionId, one.current]),
    [[fan.sessionId, true]],
  );
  const end = (headers: Record<string, string>) =>
    auth.inject({ method: 'DELETE', url: `/api/v1/auth/sessions/${fan.sessionId}`, headers });
  assert.equal((await end(bearer(other))).json<{ code: string }>().code, 'session-not-found');
  assert.equal((await refresh(fan.refreshToken)).statusCode, 200);
  assert.equal((await end(bearer(fan))).statusCode, 204);
  assert.equal((await end(bearer(fan))).statusCode, 404);
});

test('nonsense for a refresh token is refused and clears the cookies', async () => {
  for (const payload of [{}, { refreshToken: 'x' }, { refreshToken: '\u0000' }]) {
    const response = await auth.post('refresh', payload);
    assert.equal(response.json<{ code: string }>().code, 'session-over');
    assert.equal(response.cookies[0]?.maxAge, 0);
  }
  assert.equal((await auth.post('refresh', { refreshToken: 7 })).statusCode, 422);
});

test('tidying removes sessions long over with their tokens, and no other', async () => {
  const [old, live] = [await auth.registerFan(), await auth.registerFan()];
  await auth.pool.query("UPDATE sessions SET expires_at = now() - interval '40 days' WHERE id = $1", [
    old.sessionId,
  ]);
  const db = new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool: auth.pool }) });
  assert.equal(await removeOldSessions(db, 30, 100), 1);
  assert.equal((await refresh(live.refreshToken)).statusCode, 200);
});

test('within the grace a used token answers its successor, after it not', async () => {
  const fan = await auth.registerFan();
  const first = (await refresh(fan.refreshToken)).json<SignedIn>();
  await passTime(9);
  assert.equal((await refresh(fan.refreshToken)).json<SignedIn>().refreshToken, first.refreshToken);
  await passTime(2);
  assert.equal((await refresh(fan.refreshToken)).statusCode, 401);
});
