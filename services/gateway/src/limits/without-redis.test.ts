import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { startGateway, startUpstream } from '../gateway.fixture.ts';
import { createRateLimits } from './rate-limits.ts';

test('a gateway without Redis loads nothing of its client and answers its limits at once', async () => {
  const gateway = await startGateway((await startUpstream()).origin);
  assert.equal((await gateway.send('GET', '/api/v1/auth/me')).status, 401);
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  assert.ok(loaded.some((file) => file.includes('/fastify/')));
  assert.deepEqual(
    loaded.filter((file) => file.includes('/@redis/')),
    [],
  );
  const limits = createRateLimits({ auth: 1, queue: 1, booking: 1, general: 1 });
  assert.ok(!(limits.take('auth', 'a') instanceof Promise));
});
