import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@urr/platform/logger.ts';
import { openRedis } from '@urr/platform/redis/open-redis.ts';
import type { Redis } from '@urr/platform/redis/redis.ts';
import { startRedisCluster } from '@urr/testkit/redis-cluster.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { readGatewayConfig } from '../config.ts';
import { gatewayEnvironment } from '../gateway.fixture.ts';
import { outcomeOf, rateLimitsConform, testSecondMs } from './conformance.fixture.ts';
import { createRateLimits, type Limits } from './rate-limits.ts';
import { createRedisRateLimits } from './redis-rate-limits.ts';
import { createSharedRateLimits } from './shared-rate-limits.ts';

const skip = redisSkip();
const limits: Limits = { auth: 5, queue: 2, booking: 1, general: 50 };
const opened: Redis[] = [];
const engines = skip === false ? { one: await startRedis(), cluster: await startRedisCluster() } : undefined;
after(async () => {
  await Promise.all(opened.map((redis) => redis.close()));
  await engines?.one.stop();
  await engines?.cluster.stop();
});

async function open(environment: Readonly<Record<string, string>> = {}): Promise<Redis> {
  const config = readGatewayConfig({ ...gatewayEnvironment('http://localhost:1'), ...environment });
  const redis = await openRedis(config, createLogger('test', 'silent'));
  opened.push(redis);
  return redis;
}

const inRedis = (redis: Redis, given: Limits, nowMs?: () => number) =>
  createRedisRateLimits({
    redis,
    limits: given,
    deadlineMs: 1_000,
    secondMs: testSecondMs,
    ...(nowMs === undefined ? {} : { nowMs }),
  });

rateLimitsConform('in process', (given) =>
  Promise.resolve(createRateLimits(given, 50_000, () => performance.now() / testSecondMs)),
);
rateLimitsConform(
  'Redis',
  async (given) => {
    await engines?.one.flush();
    return inRedis(await open(engines?.one.environment), given);
  },
  skip,
);
rateLimitsConform(
  'Redis Cluster',
  async (given) => {
    await engines?.cluster.flush();
    return inRedis(await open(engines?.cluster.environment), given);
  },
  skip,
);

test('three gateways share one limit, whatever their clocks say', { skip }, async () => {
  await engines?.one.flush();
  const redis = await open(engines?.one.environment);
  const replicas = [0, -60_000, 60_000].map((skewMs) =>
    inRedis(redis, limits, () => performance.now() + skewMs),
  );
  const outcomes = await Promise.all(
    Array.from({ length: 120 }, (_, index) =>
      outcomeOf(() => replicas[index % 3]?.take('general', 'shared') ?? Promise.reject(new Error())),
    ),
  );
  assert.equal(outcomes.filter(Boolean).length, 50);
});

test('what is counted goes by itself, and a refusal is written nowhere', { skip }, async () => {
  await engines?.one.flush();
  await engines?.one.ask('CONFIG', 'RESETSTAT');
  const redis = await open(engines?.one.environment);
  for (let replica = 0; replica < 2; replica += 1) {
    const adapted = inRedis(redis, limits);
    for (let sent = 0; sent < 20; sent += 1) await outcomeOf(() => adapted.take('booking', 'flood'));
  }
  const statistics = String(await engines?.one.ask('INFO', 'commandstats'));
  assert.match(statistics, /cmdstat_hincrby:calls=1,/);
  // Of keys whose time is over, Redis names none but still counts those it has not got round to.
  const keys = () => engines?.one.ask('KEYS', '*');
  assert.deepEqual(await keys(), ['urr:rate:booking:flood']);
  await sleep(70 * testSecondMs);
  assert.deepEqual(await keys(), []);
});

test('a flood from a refused caller costs Redis one question a replica', { skip }, async () => {
  await engines?.one.flush();
  const redis = await open(engines?.one.environment);
  let questions = 0;
  const counting = { run: ((...given) => ((questions += 1), redis.run(...given))) satisfies Redis['run'] };
  const adapted = createRedisRateLimits({ redis: counting, limits, deadlineMs: 1_000 });
  for (let sent = 0; sent < 100; sent += 1) await outcomeOf(() => adapted.take('booking', 'flood'));
  assert.equal(questions, 2);
});

test(
  'while a master of the cluster dies and is replaced, every request is judged and none waits long',
  { skip },
  async () => {
    await engines?.cluster.flush();
    const generous = { ...limits, queue: 1_000_000 };
    const logger = createLogger('test', 'silent');
    const shared = createSharedRateLimits({
      shared: createRedisRateLimits({
        redis: await open(engines?.cluster.environment),
        limits: generous,
        deadlineMs: 100,
      }),
      local: createRateLimits(generous),
      logger,
    });
    const victim = (await engines?.cluster.masterOf('urr:rate:queue:c1')) ?? 0;
    let longestMs = 0;
    const send = async (caller: string) => {
      const startedAtMs = performance.now();
      assert.equal(await outcomeOf(() => shared.take('queue', caller)), true);
      longestMs = Math.max(longestMs, performance.now() - startedAtMs);
    };
    const sendAll = () => Promise.all(Array.from({ length: 12 }, (_, caller) => send(`c${caller}`)));
    await sendAll();
    assert.equal(shared.state().judgedLocally, 0);
    await engines?.cluster.kill(victim);
    const settled = async () => {
      const before = shared.state().judgedLocally;
      await sendAll();
      return shared.state().isShared && shared.state().judgedLocally === before;
    };
    await sendAll();
    assert.ok(shared.state().judgedLocally > 0);
    await waitUntil(settled, { timeoutMs: 20_000, what: 'every shard to be asked again' });
    assert.ok(longestMs < 600, `${longestMs} ms`);
  },
);
