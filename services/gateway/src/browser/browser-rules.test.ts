import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, startGateway, startUpstream } from '../gateway.fixture.ts';

const ours = 'https://urr.example';
const upstream = await startUpstream();
const gateway = await startGateway(upstream.origin, {
  CORS_ALLOWED_ORIGINS: `${ours}, http://localhost:3000`,
});
const cookie = `access_token=${person().token}`;
const path = '/api/v1/reservations/0190a000-0000-7000-8000-000000000000/cancel';
const write = (headers: Record<string, string>) => gateway.send('POST', path, headers);

test('pages of allowed origins may read answers with credentials, others may not', async () => {
  const allowed = await gateway.send('GET', '/api/v1/events', { origin: ours });
  assert.equal(allowed.headers['access-control-allow-origin'], ours);
  assert.equal(allowed.headers['access-control-allow-credentials'], 'true');
  assert.match(String(allowed.headers['vary']), /Origin/);
  for (const origin of ['https://evil.example', 'null', `${ours}.evil.example`, 'http://urr.example']) {
    const answer = await gateway.send('GET', '/api/v1/events', { origin });
    assert.equal(answer.headers['access-control-allow-origin'], undefined, origin);
    assert.match(String(answer.headers['vary']), /Origin/);
  }
});

test('refusals carry the same headers, so that a page can read them', async () => {
  const refused = await gateway.send('GET', '/api/v1/auth/me', { origin: ours });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers['access-control-allow-origin'], ours);
  assert.equal(refused.headers['x-content-type-options'], 'nosniff');
  assert.notEqual(refused.headers['x-request-id'], undefined);
});

test('a preflight is answered here, with what may be sent', async () => {
  const before = upstream.received.length;
  const ask = (origin: string) =>
    gateway.send('OPTIONS', '/api/v1/seats/reserve', { origin, 'access-control-request-method': 'POST' });
  const allowed = await ask(ours);
  assert.equal(allowed.status, 204);
  assert.match(String(allowed.headers['access-control-allow-headers']), /idempotency-key/);
  assert.match(String(allowed.headers['access-control-allow-methods']), /POST/);
  assert.equal((await ask('https://evil.example')).headers['access-control-allow-methods'], undefined);
  assert.equal(upstream.received.length, before);
});

test("a foreign page cannot write with the reader's cookies", async () => {
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ];
  const before = upstream.received.length;
  for (const headers of foreign) {
    const answer = await write({ cookie, ...headers });
    assert.equal(answer.code, 'cross-site-refused', JSON.stringify(headers));
  }
  assert.equal(
    (await gateway.send('POST', '/api/v1/auth/refresh', { cookie: 'refresh_token=x', origin: 'null' }))
      .status,
    403,
  );
  assert.equal(upstream.received.length, before);
});

test('our own pages, allowed origins, bearers and clients that are no browser may write', async () => {
  const { host } = new URL(gateway.url);
  assert.equal((await write({ cookie, origin: ours })).status, 200);
  assert.equal((await write({ cookie, origin: `http://${host}` })).status, 200);
  assert.equal((await write({ cookie, 'sec-fetch-site': 'same-origin' })).status, 200);
  assert.equal((await write({ cookie })).status, 200);
  const foreignBearer = { ...person().authorization, origin: 'https://evil.example' };
  assert.equal((await write(foreignBearer)).status, 200);
});
