import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { RedisUnavailable } from '@urr/platform/redis/redis.ts';
import { person, startGateway, startUpstream } from '../gateway.fixture.ts';
import { createRateLimits, type LimitHeaders, type RateLimits } from './rate-limits.ts';
import { createSharedRateLimits } from './shared-rate-limits.ts';

const skip = redisSkip();
const logger = createLogger('test', 'silent');
const limits = { auth: 1_000, queue: 1_000, booking: 1_000, general: 1_000 };
const headers: LimitHeaders = ['RateLimit-Policy', 'shared', 'RateLimit', 'shared'];

test('a store that hangs is asked by a few, then by one request a second, and by all when it answers again', async () => {
  const store = { isUp: false, asked: 0 };
  const shared: RateLimits = {
    take: async () => {
      store.asked += 1;
      if (!store.isUp) throw new RedisUnavailable('late', { mayHaveRun: true });
      return headers;
    },
  };
  let nowMs = 0;
  const adapted = createSharedRateLimits({
    shared,
    local: createRateLimits(limits),
    logger,
    nowMs: () => nowMs,
  });
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent += 1) await adapted.take('auth', 'a');
  };
  await send(100);
  assert.deepEqual([store.asked, adapted.state()], [3, { isShared: false, judgedLocally: 100 }]);
  for (; nowMs < 10_000; nowMs += 100) await send(1);
  assert.equal(store.asked, 12);
  store.isUp = true;
  nowMs += 1_000;
  await send(10);
  assert.deepEqual([store.asked, adapted.state().isShared], [22, true]);
});

test('a defect is no reason to judge alone', async () => {
  const shared: RateLimits = { take: () => Promise.reject(new Error('a defect')) };
  const adapted = createSharedRateLimits({ shared, local: createRateLimits(limits), logger });
  await assert.rejects(async () => adapted.take('auth', 'a'), /a defect/);
});

test('two gateways share a limit, go on alone while Redis is away, and share again', { skip }, async () => {
  const redis = await startRedis();
  after(() => redis.stop());
  const upstream = await startUpstream();
  const settings = { ...redis.environment, RATE_LIMIT_GENERAL_PER_MINUTE: '10' };
  const gateways = [
    await startGateway(upstream.origin, settings),
    await startGateway(upstream.origin, settings),
  ];
  const sendAll = async (count: number) => {
    const { authorization } = person();
    const statuses: number[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const answer = await gateways[sent % 2]?.send('GET', '/api/v1/auth/me', authorization);
      statuses.push(answer?.status ?? 0);
    }
    return statuses;
  };
  const passed = (statuses: readonly number[]) => statuses.filter((status) => status === 200).length;
  const metric = async (index: number) => {
    const { body } = (await gateways[index]?.send('GET', '/metrics')) ?? { body: '' };
    return /^gateway_rate_limits_shared\{\S* (\d)/m.exec(body)?.[1];
  };
  assert.equal(passed(await sendAll(30)), 10);
  assert.equal(await metric(0), '1');

  await redis.kill();
  const startedAtMs = performance.now();
  const alone = await sendAll(40);
  assert.ok(alone.every((status) => status === 200 || status === 429));
  assert.equal(passed(alone), 20);
  assert.ok(performance.now() - startedAtMs < 2_000);
  assert.deepEqual([await metric(0), await metric(1)], ['0', '0']);

  await redis.restart();
  await waitUntil(async () => {
    await sendAll(2);
    return (await metric(0)) === '1' && (await metric(1)) === '1';
  });
  assert.equal(passed(await sendAll(30)), 10);

  redis.pause();
  const slow = await sendAll(40);
  redis.resume();
  assert.equal(passed(slow) <= 20 && passed(slow) >= 10, true);
});
