import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, startGateway, startUpstream } from '../gateway.fixture.ts';

const upstream = await startUpstream();
const gateway = await startGateway(upstream.origin, {
  RATE_LIMIT_AUTH_PER_MINUTE: '5',
  RATE_LIMIT_GENERAL_PER_MINUTE: '7',
  TRUSTED_PROXIES: '1',
});

test('after the last allowed request a caller is refused with 429, Retry-After and RateLimit', async () => {
  const from = { 'x-forwarded-for': '203.0.113.1' };
  for (let left = 4; left >= 0; left -= 1) {
    const answer = await gateway.send('POST', '/api/v1/auth/login', from, '{}');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['ratelimit-policy'], '"auth";q=5;w=60');
    assert.match(String(answer.headers['ratelimit']), new RegExp(`^"auth";r=${left};t=\\d+$`));
  }
  const before = upstream.received.length;
  const refused = await gateway.send('POST', '/api/v1/auth/login', from, '{}');
  assert.deepEqual([refused.status, refused.code], [429, 'rate-limited']);
  const retryAfter = Number(refused.headers['retry-after']);
  assert.ok(retryAfter >= 1 && retryAfter <= 65);
  assert.match(String(refused.headers['ratelimit']), /^"auth";r=0;t=\d+$/);
  assert.equal(upstream.received.length, before);
  const other = await gateway.send('POST', '/api/v1/auth/login', { 'x-forwarded-for': '203.0.113.2' }, '{}');
  assert.equal(other.status, 200);
});

test('accounts are counted by themselves wherever they come from', async () => {
  const [one, two] = [person(), person()];
  for (let sent = 0; sent < 7; sent += 1) {
    const from = { 'x-forwarded-for': `203.0.113.${sent + 10}` };
    assert.equal(
      (await gateway.send('GET', '/api/v1/auth/me', { ...one.authorization, ...from })).status,
      200,
    );
  }
  assert.equal((await gateway.send('GET', '/api/v1/auth/me', one.authorization)).status, 429);
  assert.equal((await gateway.send('GET', '/api/v1/auth/me', two.authorization)).status, 200);
});

test('addresses of one IPv6 network are one caller', async () => {
  const from = (host: number) => ({ 'x-forwarded-for': `2001:db8:1:2::${host}` });
  for (let host = 1; host <= 5; host += 1)
    assert.equal((await gateway.send('POST', '/api/v1/auth/login', from(host), '{}')).status, 200);
  assert.equal((await gateway.send('POST', '/api/v1/auth/login', from(6), '{}')).status, 429);
  const next = { 'x-forwarded-for': '2001:db8:1:3::1' };
  assert.equal((await gateway.send('POST', '/api/v1/auth/login', next, '{}')).status, 200);
});
