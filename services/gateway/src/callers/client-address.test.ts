import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { startGateway, startUpstream } from '../gateway.fixture.ts';

const upstream = await startUpstream();
const secret = randomBytes(24).toString('hex');
const verified = { 'x-frontend-verified': secret };
const seenBy = async (gateway: Awaited<ReturnType<typeof startGateway>>, headers: Record<string, string>) => {
  await gateway.send('GET', '/api/v1/events', headers);
  return upstream.received.at(-1)?.headers['x-forwarded-for'];
};

test('our web server names the reader; what the reader claimed before it does not count', async () => {
  const gateway = await startGateway(upstream.origin, { FRONTEND_SECRET: secret });
  const claimed = { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' };
  assert.equal(await seenBy(gateway, { ...claimed, ...verified }), '203.0.113.7');
  assert.equal(upstream.received.at(-1)?.headers['x-frontend-verified'], undefined);
});

test('without the secret, or with another, the address is the one that connected', async () => {
  const gateway = await startGateway(upstream.origin, { FRONTEND_SECRET: secret });
  const ruleOff = await startGateway(upstream.origin);
  const claimed = { 'x-forwarded-for': '203.0.113.7' };
  assert.equal(await seenBy(gateway, claimed), '127.0.0.1');
  assert.equal(
    await seenBy(gateway, { ...claimed, 'x-frontend-verified': 'x'.repeat(secret.length) }),
    '127.0.0.1',
  );
  assert.equal(await seenBy(ruleOff, { ...claimed, ...verified }), '127.0.0.1');
});

test('behind a trusted proxy the reader is the one the proxy named', async () => {
  const gateway = await startGateway(upstream.origin, { FRONTEND_SECRET: secret, TRUSTED_PROXIES: '1' });
  const chain = { 'x-forwarded-for': '198.51.100.9, 203.0.113.7, 10.0.0.4' };
  assert.equal(await seenBy(gateway, { ...chain, ...verified }), '203.0.113.7');
});

test('each reader behind the web server has a quota of their own', async () => {
  const gateway = await startGateway(upstream.origin, {
    FRONTEND_SECRET: secret,
    RATE_LIMIT_GENERAL_PER_MINUTE: '1',
  });
  const ask = async (address: string) =>
    (await gateway.send('GET', '/api/v1/events', { ...verified, 'x-forwarded-for': address })).status;
  assert.deepEqual(
    [await ask('203.0.113.7'), await ask('203.0.113.7'), await ask('203.0.113.8')],
    [200, 429, 200],
  );
});
