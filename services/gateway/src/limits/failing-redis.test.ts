import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLogger } from '@urr/platform/logger.ts';
import { openRedis } from '@urr/platform/redis/open-redis.ts';
import { type Redis, RedisUnavailable } from '@urr/platform/redis/redis.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { readGatewayConfig } from '../config.ts';
import { gatewayEnvironment } from '../gateway.fixture.ts';
import { outcomeOf } from './conformance.fixture.ts';
import { createRateLimits, type Limits } from './rate-limits.ts';
import { createRedisRateLimits } from './redis-rate-limits.ts';
import { createSharedRateLimits } from './shared-rate-limits.ts';

const limits: Limits = { auth: 5, queue: 1_000, booking: 3, general: 50 };
const logger = createLogger('test', 'silent');

describe('limits on a Redis that answers wrongly', { skip: redisSkip() }, () => {
  let server: TestRedis;
  let redis: Redis;
  before(async () => {
    server = await startRedis();
    redis = await openRedis(
      readGatewayConfig({ ...gatewayEnvironment('http://localhost:1'), ...server.environment }),
      logger,
    );
  });
  after(async () => {
    await redis.close();
    await server.stop();
  });

  const inRedis = () => createRedisRateLimits({ redis, limits, deadlineMs: 100 });
  const passed = async (count: number, adapted: Pick<ReturnType<typeof inRedis>, 'take'>, caller: string) => {
    let all = 0;
    for (let sent = 0; sent < count; sent += 1)
      if (await outcomeOf(() => adapted.take('auth', caller))) all += 1;
    return all;
  };

  for (const { what, harm, mend } of [
    { what: 'is full', harm: ['CONFIG', 'SET', 'maxmemory', '1'], mend: ['CONFIG', 'SET', 'maxmemory', '0'] },
    { what: 'became a replica', harm: ['REPLICAOF', '127.0.0.1', '1'], mend: ['REPLICAOF', 'NO', 'ONE'] },
  ])
    test(`when Redis ${what} each gateway judges alone, and shares again when that is mended`, async () => {
      const local = createRateLimits(limits);
      const shared = createSharedRateLimits({ shared: inRedis(), local, logger });
      await server.ask(...harm);
      assert.equal(await passed(20, shared, what), 5);
      assert.equal(shared.state().isShared, false);
      await server.ask(...mend);
      await waitUntil(async () => {
        await outcomeOf(() => shared.take('queue', 'anyone'));
        return shared.state().isShared;
      });
    });

  test('an answer that makes no sense is none', async () => {
    const odd = createRedisRateLimits({
      redis: { run: () => Promise.resolve('OK') },
      limits,
      deadlineMs: 100,
    });
    await assert.rejects(async () => odd.take('auth', 'odd'), RedisUnavailable);
  });

  test('what Redis forgot is counted anew: nobody passes more than the limit twice', async () => {
    const one = inRedis();
    assert.equal(await passed(10, one, 'forgotten'), 5);
    await server.flush();
    assert.equal(await passed(10, inRedis(), 'forgotten'), 5);
  });

  test('a node whose clock is behind refuses nobody for what the one before it counted ahead', async () => {
    const ahead = Math.floor(Date.now() / 5_000) + 720;
    await server.ask('HSET', 'urr:rate:auth:ahead', String(ahead), '5');
    assert.equal(await passed(10, inRedis(), 'ahead'), 5);
  });
});
