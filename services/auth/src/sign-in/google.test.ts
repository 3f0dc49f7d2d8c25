import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { openSlowLink } from '@urr/testkit/slow-link.ts';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { bearer, password, startAuth } from '../auth.fixture.ts';

const clientId = 'our-client.apps.example';
const pair = await generateKeyPair('RS256');
const stranger = await generateKeyPair('RS256');
const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
const keyServer = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
});
await new Promise<void>((listening) => keyServer.listen(0, '127.0.0.1', listening));
after(() => keyServer.close());
const auth = await startAuth({
  GOOGLE_CLIENT_ID: clientId,
  GOOGLE_JWKS_URL: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/certs`,
});

let people = 0;
const person = () => ({
  sub: `google-${(people += 1)}`,
  email: `g${people}@example.com`,
  email_verified: true,
});

function idToken(claims: JWTPayload, key = pair.privateKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const standard = { iss: 'https://accounts.google.com', aud: clientId, iat: now, exp: now + 3600 };
  return new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
}

const signIn = async (claims: JWTPayload, headers: Record<string, string> = {}) =>
  auth.post('google', { idToken: await idToken(claims) }, headers);
const codeOf = (response: { json<T>(): T }) => response.json<{ code?: string }>().code;

test('a verified Google identity gets an account, and the same one the next time', async () => {
  const who = { ...person(), name: '김미나' };
  const first = await signIn(who);
  assert.equal(first.statusCode, 200);
  const { account } = first.json<SignedIn>();
  assert.deepEqual([account.email, account.name, account.role], [who.email, '김미나', 'fan']);
  const again = await signIn({ ...who, email: 'moved@example.com' });
  assert.equal(again.json<SignedIn>().account.accountId, account.accountId);
});

test('tokens that Google did not give to us for a verified mail are refused', async () => {
  const who = person();
  const now = Math.floor(Date.now() / 1000);
  const faulty: Promise<string>[] = [
    idToken(who, stranger.privateKey),
    idToken({ ...who, aud: 'another-client' }),
    idToken({ ...who, iss: 'https://accounts.evil.example' }),
    idToken({ ...who, exp: now - 3600 }),
    idToken({ ...who, email_verified: false }),
    idToken({ sub: who.sub, email: who.email }),
    idToken({ sub: who.sub, email_verified: true }),
    idToken({ email: who.email, email_verified: true }),
    Promise.resolve('nonsense'),
    new SignJWT(who)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setIssuer('https://accounts.google.com')
      .setAudience(clientId)
      .setExpirationTime('1h')
      .sign(Buffer.from(JSON.stringify(jwk))),
  ];
  for (const token of faulty) {
    const response = await auth.post('google', { idToken: await token });
    assert.deepEqual([response.statusCode, codeOf(response)], [401, 'google-token-refused']);
  }
  const accounts = await auth.pool.query('SELECT 1 FROM accounts WHERE email = $1', [who.email]);
  assert.equal(accounts.rowCount, 0);
});

test("who registered another's mail first shares nothing with the person Google vouches for", async () => {
  const who = person();
  await auth.registerFan(who.email);
  const response = await signIn(who);
  assert.equal(codeOf(response), 'google-email-in-use');
  assert.deepEqual(response.json<{ data: unknown }>().data, { reason: 'sign-in-to-link' });
});

test('the owner of an account links Google while signed in, and only for the same mail', async () => {
  const who = person();
  const owner = await auth.registerFan(who.email);
  const other = await signIn(person(), bearer(owner));
  assert.deepEqual(other.json<{ data: unknown }>().data, { reason: 'other-email' });
  const linked = await signIn(who, bearer(owner));
  assert.equal(linked.json<SignedIn>().account.accountId, owner.account.accountId);
  assert.equal((await signIn(who)).json<SignedIn>().account.accountId, owner.account.accountId);
  const someone = await auth.registerFan();
  const stolen = await signIn(who, bearer(someone));
  assert.deepEqual(stolen.json<{ data: unknown }>().data, { reason: 'linked-elsewhere' });
  const audit = await auth.pool.query("SELECT 1 FROM audit_log WHERE action = 'account.link-google'");
  assert.equal(audit.rowCount, 1);
});

test('a mail that Google vouched for cannot be registered by anybody else', async () => {
  const who = person();
  await signIn(who);
  assert.equal(codeOf(await auth.post('register', { email: who.email, password })), 'email-taken');
  assert.equal(codeOf(await auth.post('login', { email: who.email, password: '' })), 'invalid-input');
  assert.equal(codeOf(await auth.post('login', { email: who.email, password })), 'wrong-credentials');
});

test('two first sign-ins at the same moment make one account', async () => {
  const who = person();
  const answers = await Promise.all([signIn(who), signIn(who), signIn(who)]);
  const ok = answers.filter((answer) => answer.statusCode === 200);
  const ids = new Set(ok.map((answer) => answer.json<SignedIn>().account.accountId));
  assert.deepEqual([ok.length, ids.size], [3, 1]);
});

test('without a client id the route says that it is not offered; without keys that it cannot tell', async () => {
  const plain = await startAuth();
  const refused = await plain.post('google', { idToken: 'x' });
  assert.deepEqual([refused.statusCode, codeOf(refused)], [404, 'google-not-configured']);
  const keyless = await startAuth({ GOOGLE_CLIENT_ID: clientId, GOOGLE_JWKS_URL: 'http://127.0.0.1:9/' });
  const unknown = await keyless.post('google', { idToken: await idToken(person()) });
  assert.deepEqual([unknown.statusCode, codeOf(unknown)], [503, 'upstream-unavailable']);
});

test('keys that do not come are given up after three seconds, and Google can be used again when they do', async (context) => {
  const link = await openSlowLink((keyServer.address() as AddressInfo).port);
  context.after(() => link.stop());
  const far = await startAuth({
    GOOGLE_CLIENT_ID: clientId,
    GOOGLE_JWKS_URL: `http://127.0.0.1:${link.port}/certs`,
  });
  const who = person();
  link.stall();
  const startedAt = performance.now();
  const refused = await far.post('google', { idToken: await idToken(who) });
  assert.deepEqual([refused.statusCode, codeOf(refused)], [503, 'upstream-unavailable']);
  assert.ok(performance.now() - startedAt < 4_500);
  await link.forward();
  assert.equal((await far.post('google', { idToken: await idToken(who) })).statusCode, 200);
  // Keys that are known are not asked for again: Google may be away.
  await link.refuse();
  assert.equal((await far.post('google', { idToken: await idToken(who) })).statusCode, 200);
});
