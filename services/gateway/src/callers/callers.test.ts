import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { publicRoutes } from '@urr/contracts/routes.ts';
import { entryToken, person, startGateway, startUpstream } from '../gateway.fixture.ts';

const upstream = await startUpstream();
const distributionSecret = randomBytes(24).toString('hex');
const gateway = await startGateway(upstream.origin);
const behind = await startGateway(upstream.origin, {
  CLOUDFRONT_SECRET: distributionSecret,
  TRUSTED_PROXIES: '1',
});
const fan = person();
const last = () => upstream.received.at(-1)?.headers ?? {};
const reserve = '/api/v1/seats/reserve';

test('a route that needs an account answers 401 before its service hears of it', async () => {
  const before = upstream.received.length;
  const tokens = ['', 'Bearer', 'Bearer x.y.z', `Bearer ${fan.token}x`, `Basic ${fan.token}`];
  for (const authorization of tokens) {
    const answer = await gateway.send('GET', '/api/v1/auth/me', { authorization });
    assert.deepEqual([answer.status, answer.code], [401, 'unauthenticated']);
  }
  assert.equal(upstream.received.length, before);
  assert.equal((await gateway.send('GET', '/api/v1/auth/me', fan.authorization)).status, 200);
});

test('a refresh token and an entry token are no access tokens', async () => {
  const refreshToken = `urr_r_${randomBytes(32).toString('base64url')}`;
  for (const token of [refreshToken, entryToken(fan.accountId)]) {
    const bearer = await gateway.send('GET', '/api/v1/auth/me', { authorization: `Bearer ${token}` });
    const cookie = await gateway.send('GET', '/api/v1/auth/me', { cookie: `access_token=${token}` });
    assert.deepEqual([bearer.status, cookie.status], [401, 401]);
  }
});

test('an access token is no entry token', async () => {
  const headers = { ...fan.authorization, 'x-queue-entry-token': fan.token };
  assert.equal((await gateway.send('POST', reserve, headers, '{}')).code, 'entry-token-invalid');
});

test('routes of organisers and admins are closed to fans at the door', async () => {
  const path = '/api/v1/auth/accounts';
  assert.equal((await gateway.send('GET', path, fan.authorization)).code, 'forbidden');
  assert.equal((await gateway.send('GET', path, person('organiser').authorization)).code, 'forbidden');
  assert.equal((await gateway.send('GET', path, person('admin').authorization)).status, 200);
});

test('the cookie becomes a bearer token; services see no cookie but auth its refresh token', async () => {
  const cookie = `access_token=${fan.token}; refresh_token=r1; urr-entry-token=e1; other=o`;
  await gateway.send('GET', '/api/v1/reservations/my', { cookie });
  assert.equal(last()['authorization'], `Bearer ${fan.token}`);
  assert.equal(last()['x-queue-entry-token'], 'e1');
  assert.equal(last()['cookie'], undefined);
  await gateway.send('GET', '/api/auth/me', { cookie });
  assert.equal(last()['cookie'], 'refresh_token=r1');
});

test('nothing a client says about itself reaches a service', async () => {
  await gateway.send('GET', '/api/v1/auth/me', {
    ...fan.authorization,
    'X-User-Id': 'someone',
    'x-user-role': 'admin',
    'X-USER': 'x',
    'x-internal-token': 'guess',
    'x-internal-anything': 'x',
    'x-cloudfront-verified': 'guess',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'for=1.2.3.4',
    'x-real-ip': '1.2.3.4',
    'x-http-method-override': 'DELETE',
    'proxy-authorization': 'x',
    te: 'trailers',
    'x-hop': 'x',
    connection: 'keep-alive, x-hop',
    'x-kept': 'yes',
  });
  const headers = last();
  assert.equal(headers['x-kept'], 'yes');
  assert.equal(headers['x-forwarded-for'], '127.0.0.1');
  const spoofed = /^(x-user|x-internal|x-cloudfront|forwarded|x-real|x-http-method|proxy-|te$|x-hop)/;
  assert.deepEqual(
    Object.keys(headers).filter((name) => spoofed.test(name)),
    [],
  );
});

test('an invalid token is not passed on to a public route', async () => {
  await gateway.send('GET', '/api/v1/events', { authorization: 'Bearer nonsense' });
  assert.equal(last()['authorization'], undefined);
});

test('booking needs the entry token of the same account, before its end', async () => {
  const book = async (token?: string) => {
    const entry: Record<string, string> = token === undefined ? {} : { 'x-queue-entry-token': token };
    return (await gateway.send('POST', reserve, { ...fan.authorization, ...entry }, '{}')).code;
  };
  assert.equal(await book(), 'entry-token-missing');
  assert.equal(await book('nonsense'), 'entry-token-invalid');
  assert.equal(await book(entryToken(fan.accountId, 600, 'x'.repeat(40))), 'entry-token-invalid');
  assert.equal(await book(entryToken(person().accountId)), 'entry-token-foreign');
  assert.equal(await book(entryToken(fan.accountId, -3600)), 'entry-token-expired');
  assert.equal(await book(entryToken(fan.accountId)), undefined);
  const cookie = `urr-entry-token=${entryToken(fan.accountId)}`;
  assert.equal((await gateway.send('POST', reserve, { ...fan.authorization, cookie }, '{}')).status, 200);
});

test('own bookings need no entry token', async () => {
  const id = '0190a000-0000-7000-8000-000000000000';
  for (const [method, path] of [
    ['GET', '/api/v1/reservations/my'],
    ['POST', `/api/v1/reservations/${id}/cancel`],
  ] as const)
    assert.equal((await gateway.send(method, path, fan.authorization)).status, 200);
});

test('every contract that takes seats or places asks for the entry token', () => {
  const booking = publicRoutes.filter(
    (route) =>
      ['POST', 'PUT', 'PATCH'].includes(route.method) &&
      (route.path.startsWith('/api/v1/seats/') || route.path === '/api/v1/reservations'),
  );
  assert.ok(booking.length >= 3);
  const open = booking.filter((route) => route.entry !== true && route.access !== 'admin');
  assert.deepEqual(
    open.map((route) => route.name),
    [],
  );
});

test('the distribution says by its secret that it checked the entry token', async () => {
  const book = async (target: typeof gateway, value: string) => {
    const headers = { ...fan.authorization, 'x-cloudfront-verified': value };
    return (await target.send('POST', reserve, headers, '{}')).status;
  };
  assert.equal(await book(behind, distributionSecret), 200);
  assert.equal(last()['x-cloudfront-verified'], undefined, 'the secret stays here');
  assert.equal(await book(behind, 'true'), 403);
  assert.equal(await book(behind, `${distributionSecret}x`), 403);
  assert.equal(await book(gateway, distributionSecret), 403, 'without a configured secret the rule is off');
  assert.equal(await book(gateway, ''), 403);
});

test('the client address is counted from the inside through the trusted proxies', async () => {
  const send = (target: typeof gateway) =>
    target.send('GET', '/api/v1/events', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' });
  await send(behind);
  assert.equal(last()['x-forwarded-for'], '203.0.113.9');
  await send(gateway);
  assert.equal(last()['x-forwarded-for'], '127.0.0.1');
});

test('request ids and traces are passed on, and made when absent or malformed', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const answer = await gateway.send('GET', '/api/v1/events', { 'x-request-id': 'abcdefgh-1', traceparent });
  assert.equal(answer.headers['x-request-id'], 'abcdefgh-1');
  assert.equal(last()['x-request-id'], 'abcdefgh-1');
  assert.equal(last()['traceparent'], traceparent);
  await gateway.send('GET', '/api/v1/events', { 'x-request-id': 'a b', traceparent: '00-zz' });
  assert.match(String(last()['x-request-id']), /^[0-9a-f-]{36}$/);
  assert.match(String(last()['traceparent']), /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});
