import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { password, startAuth } from '../auth.fixture.ts';
import { hashPassword } from '../passwords/password-hash.ts';

const auth = await startAuth({
  SIGN_IN_FREE_FAILURES_PER_ACCOUNT: '3',
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: '12',
  SIGN_IN_LONGEST_DELAY_SECONDS: '8',
});
const logIn = (email: string, typed: string, address: string) =>
  auth.post('login', { email, password: typed }, { 'x-forwarded-for': address });
const codeOf = (response: { json<T>(): T }) => response.json<{ code?: string }>().code;
const letTimePass = () =>
  auth.pool.query("UPDATE sign_in_failures SET blocked_until = blocked_until - interval '1 hour'");

test('signing in answers a new session of the same account', async () => {
  const fan = await auth.registerFan();
  const response = await logIn(fan.account.email.toUpperCase(), password, '192.0.2.1');
  assert.equal(response.statusCode, 200);
  const signedIn = response.json<SignedIn>();
  assert.equal(signedIn.account.accountId, fan.account.accountId);
  assert.notEqual(signedIn.sessionId, fan.sessionId);
});

test('failures slow the next attempt down: one second, then twice as long, up to the longest', async () => {
  const fan = await auth.registerFan();
  const delays: number[] = [];
  for (let failure = 0; failure < 7; failure += 1) {
    assert.equal(codeOf(await logIn(fan.account.email, 'wrong', `192.0.3.${failure}`)), 'wrong-credentials');
    if (failure < 3) continue;
    const slowed = await logIn(fan.account.email, password, '192.0.2.100');
    assert.equal(codeOf(slowed), 'sign-in-slowed');
    delays.push(Number(slowed.headers['retry-after']));
    await letTimePass();
  }
  assert.deepEqual(delays, [1, 2, 4, 8]);
  assert.equal((await logIn(fan.account.email, password, '192.0.2.100')).statusCode, 200);
});

test('guesses sent at the same moment do not slip through together', async () => {
  const fan = await auth.registerFan();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      logIn(fan.account.email, `guess ${index}`, `198.51.100.${index}`),
    ),
  );
  const looked = answers.filter((answer) => codeOf(answer) === 'wrong-credentials').length;
  assert.equal(looked, 4, 'three free failures and the one that starts the delay');
});

test('one address that tries many accounts is slowed down, another is not', async () => {
  const statuses: number[] = [];
  for (let tried = 0; tried < 14; tried += 1)
    statuses.push((await logIn(`nobody-${tried}@example.com`, 'wrong', '203.0.113.7')).statusCode);
  assert.deepEqual(statuses, [...Array.from({ length: 13 }, () => 401), 429]);
  assert.equal((await logIn('nobody@example.com', 'wrong', '203.0.113.8')).statusCode, 401);
});

test('an unknown mail gets the same answers as a known one, slowed down alike', async () => {
  const known = (await auth.registerFan()).account.email;
  const told = async (email: string, net: number) => {
    const answers: unknown[] = [];
    for (let tried = 0; tried < 5; tried += 1) {
      const response = await logIn(email, 'wrong', `10.${net}.0.${tried}`);
      answers.push([response.statusCode, { ...response.json<object>(), instance: 'any' }]);
    }
    return answers;
  };
  assert.deepEqual(await told('unknown@example.com', 1), await told(known, 2));
});

test('an unknown mail takes as long as a wrong password', async () => {
  const slow = await startAuth({
    PASSWORD_HASH_MEMORY_KIB: '16384',
    SIGN_IN_FREE_FAILURES_PER_ACCOUNT: '1000',
  });
  const known = (await slow.registerFan()).account.email;
  const milliseconds = async (email: string) => {
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const started = performance.now();
      await slow.post('login', { email, password: 'wrong' });
      times.push(performance.now() - started);
    }
    return times.toSorted((a, b) => a - b)[4] ?? 0;
  };
  const [unknown, wrong] = [await milliseconds('unknown@example.com'), await milliseconds(known)];
  assert.ok(unknown > wrong / 2 && unknown < wrong * 2, `${unknown} ms against ${wrong} ms`);
});

test('a hash made at another cost is replaced at the next sign-in', async () => {
  const cheap = await startAuth();
  const fan = await cheap.registerFan();
  const hash = async () =>
    (await cheap.pool.query('SELECT password_hash AS h FROM accounts WHERE id = $1', [fan.account.accountId]))
      .rows[0]?.h as string;
  assert.match(await hash(), /^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
  await cheap.pool.query('UPDATE accounts SET password_hash = $1', [
    await hashPassword(password, { memoryKib: 128, passes: 2 }),
  ]);
  assert.equal((await cheap.post('login', { email: fan.account.email, password })).statusCode, 200);
  assert.match(await hash(), /m=64,t=1,p=1/);
  assert.equal((await cheap.post('login', { email: fan.account.email, password })).statusCode, 200);
});

test('a flood of sign-ins is refused as overloaded, not queued without end', async () => {
  const flooded = await startAuth({
    PASSWORD_HASH_MEMORY_KIB: '65536',
    PASSWORD_HASH_PASSES: '3',
    PASSWORD_HASH_CONCURRENCY: '1',
    PASSWORD_HASH_QUEUE_SIZE: '4',
    SIGN_IN_FREE_FAILURES_PER_ADDRESS: '1000',
  });
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      flooded.post('login', { email: `f${index}@example.com`, password: 'wrong' }),
    ),
  );
  const codes = new Set(answers.map(codeOf));
  assert.deepEqual(codes, new Set(['overloaded', 'wrong-credentials']));
  assert.equal((await flooded.post('login', { email: 'x@example.com', password: 'wrong' })).statusCode, 401);
});
