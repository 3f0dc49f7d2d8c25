import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis, type TestRedis } from '@urr/testkit/redis-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { Type } from 'typebox';
import { readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { keySlot } from './key-slot.ts';
import { openRedis } from './open-redis.ts';
import { type Redis, readScript, RedisMisconfigured, RedisUnavailable } from './redis.ts';
import { isRedisConfigured, redisVariables } from './redis-variables.ts';

const skip = redisSkip();
const logger = createLogger('test', 'silent');
const count = readScript(new URL('./count.fixture.lua', import.meta.url));
const schema = Type.Object(redisVariables);

interface Closing {
  after(close: () => Promise<unknown>): void;
}

async function open(context: Closing, environment: Readonly<Record<string, string>>): Promise<Redis> {
  const redis = await openRedis(readConfig(schema, environment), logger);
  context.after(() => redis.close());
  return redis;
}

async function start(context: Closing, options: Parameters<typeof startRedis>[0] = {}): Promise<TestRedis> {
  const server = await startRedis(options);
  context.after(() => server.stop());
  return server;
}

async function refused(work: Promise<unknown>): Promise<RedisUnavailable> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RedisUnavailable, String(error));
  return error;
}

test('without a host there is no Redis', () => {
  assert.equal(isRedisConfigured(readConfig(schema, {})), false);
  assert.throws(() => readConfig(schema, { REDIS_CLUSTER_NODES: 'one,two' }), /REDIS_CLUSTER_NODES/);
});

test(
  'a script runs by its name, answers text or bytes, and is made known again after a flush',
  { skip },
  async (context) => {
    const server = await start(context);
    const redis = await open(context, server.environment);
    assert.deepEqual(await redis.run(count, ['n'], ['에헤']), [1, '에헤']);
    const bytes = Buffer.from([0, 255, 128, 13, 10]);
    assert.deepEqual(await redis.run(count, ['n'], [bytes], { isBinary: true }), [2, bytes]);
    await server.flush();
    assert.deepEqual(await redis.run(count, ['n'], ['']), [1, '']);
    assert.match(String(await server.ask('INFO', 'commandstats')), /cmdstat_eval:calls=2,/);
  },
);

test('an error of the script itself is thrown as it is', { skip }, async (context) => {
  const server = await start(context);
  const redis = await open(context, server.environment);
  await server.ask('SET', 'word', 'x');
  await assert.rejects(redis.run(count, ['word'], ['']), /not an integer/);
});

test(
  'a wrong password or a policy that throws rows away is refused at start, by name',
  { skip },
  async (context) => {
    const locked = await start(context, { password: 'open sesame' });
    const { REDIS_PASSWORD: _password, ...without } = locked.environment;
    const openWith = (environment: Readonly<Record<string, string>>) =>
      openRedis(readConfig(schema, environment), logger);
    await assert.rejects(openWith(without), RedisMisconfigured);
    await assert.rejects(openWith({ ...without, REDIS_PASSWORD: 'wrong' }), /does not let us in/);
    const redis = await open(context, locked.environment);
    await redis.ping();
    const forgetful = await start(context, { settings: { 'maxmemory-policy': 'allkeys-lru' } });
    await assert.rejects(
      openWith(forgetful.environment),
      /maxmemory-policy is allkeys-lru and must be noeviction/,
    );
  },
);

test('a policy is read where CONFIG is forbidden, as in managed services', { skip }, async (context) => {
  const server = await start(context, {
    settings: { user: 'default on nopass ~* &* +@all -config'.split(' ') },
  });
  await (await open(context, server.environment)).ping();
});

test('TLS is spoken when asked for, and only with a certificate one can trust', { skip }, async (context) => {
  const server = await start(context, { tls: true, password: 'secret' });
  const blind = await open(context, server.environment);
  await refused(blind.ping());
  const known = getCACertificates('default');
  context.after(() => setDefaultCACertificates(known));
  setDefaultCACertificates([...known, server.certificate ?? '']);
  const redis = await open(context, server.environment);
  await redis.ping();
  const plain = await open(context, { ...server.environment, REDIS_SSL: 'false' });
  await refused(plain.ping());
});

test(
  'while Redis is away commands fail at once, and work again when it is back',
  { skip },
  async (context) => {
    const server = await start(context);
    const redis = await open(context, server.environment);
    const heard: string[] = [];
    await redis.subscribe('news', (bytes) => heard.push(bytes.toString()));
    await redis.run(count, ['n'], ['']);
    await server.kill();
    await waitUntil(async () => (await refused(redis.run(count, ['n'], ['']))).mayHaveRun === false);
    const startedAtMs = performance.now();
    for (let tries = 0; tries < 1_000; tries += 1) await refused(redis.run(count, ['n'], ['']));
    assert.ok(performance.now() - startedAtMs < 1_000);
    await server.restart();
    await waitUntil(() =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    );
    assert.deepEqual(await redis.run(count, ['n'], ['']), [1, '']);
    await waitUntil(async () => {
      await redis.publish('news', 'back');
      return heard.length > 0;
    });
  },
);

test(
  'a Redis that hangs is given up within the deadline, and used again when it goes on',
  { skip },
  async (context) => {
    const server = await start(context);
    const redis = await open(context, server.environment);
    server.pause();
    const startedAtMs = performance.now();
    const error = await refused(redis.run(count, ['n'], [''], { deadlineMs: 100 }));
    assert.equal(error.mayHaveRun, true);
    assert.ok(performance.now() - startedAtMs < 400);
    server.resume();
    await waitUntil(() =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    );
  },
);

test(
  'a hanging connection is dropped, so that what waits for it stays bounded',
  { skip },
  async (context) => {
    const server = await start(context);
    const redis = await open(context, server.environment);
    server.pause();
    const gone = async () => !(await refused(redis.run(count, ['n'], [''], { deadlineMs: 50 }))).mayHaveRun;
    await waitUntil(gone, { timeoutMs: 8_000, what: 'the connection to be given up' });
  },
);

test('a Redis that hangs is not waited for at the end', { skip }, async (context) => {
  const server = await start(context);
  const redis = await openRedis(readConfig(schema, server.environment), logger);
  server.pause();
  await refused(redis.run(count, ['n'], [''], { deadlineMs: 50 }));
  const closed = redis.close().then(() => 'closed');
  assert.equal(await Promise.race([closed, sleep(6_000, 'still open')]), 'closed');
});

test('a service starts without Redis and finds it later', { skip }, async (context) => {
  const server = await start(context);
  await server.kill();
  const redis = await open(context, server.environment);
  await refused(redis.ping());
  await redis.subscribe('news', () => {});
  await server.restart();
  await waitUntil(() =>
    redis.ping().then(
      () => true,
      () => false,
    ),
  );
  await waitUntil(async () => Number(await server.ask('PUBLISH', 'news', 'x')) === 1);
});

test(
  'a Redis that has become a replica, or is full, cannot serve, and nothing was changed',
  { skip },
  async (context) => {
    const server = await start(context);
    const redis = await open(context, server.environment);
    await redis.run(count, ['n'], ['']);
    await server.ask('REPLICAOF', '127.0.0.1', '1');
    const demoted = await refused(redis.run(count, ['n'], ['']));
    assert.match(`${demoted.mayHaveRun} ${demoted.message}`, /false .*READONLY/);
    await server.ask('REPLICAOF', 'NO', 'ONE');
    await waitUntil(() =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    );
    await server.ask('CONFIG', 'SET', 'maxmemory', '1');
    const full = await refused(redis.run(count, ['n'], ['']));
    assert.match(`${full.mayHaveRun} ${full.message}`, /false .*OOM/);
    await server.ask('CONFIG', 'SET', 'maxmemory', '0');
    assert.deepEqual(await redis.run(count, ['n'], ['']), [2, '']);
  },
);

test(
  'messages reach every listener until it has ended its subscription, also when one of them throws',
  { skip },
  async (context) => {
    const server = await start(context);
    const [one, other] = [await open(context, server.environment), await open(context, server.environment)];
    const heard: string[] = [];
    await one.subscribe('news', () => {
      throw new Error('not today');
    });
    const end = await one.subscribe('news', (bytes) => heard.push(`one ${bytes.toString('hex')}`));
    await other.subscribe('news', (bytes) => heard.push(`other ${bytes.toString('hex')}`));
    await one.publish('news', Buffer.from([0, 255]));
    await waitUntil(() => heard.length === 2);
    assert.deepEqual(heard.toSorted(), ['one 00ff', 'other 00ff']);
    await end();
    await one.publish('news', 'x');
    await waitUntil(() => heard.length === 3);
    assert.equal(heard[2], 'other 78');
  },
);

test('slots of keys are those of the engine', { skip }, async (context) => {
  const server = await start(context, { settings: { 'cluster-enabled': 'yes' } });
  for (const key of [
    '',
    'a',
    '123456789',
    '{}x',
    '{a}{b}',
    'x{a',
    'x}a{b}',
    'line:{7c1e}:issued',
    '좌석{서울}',
  ]) {
    assert.equal(keySlot(key), await server.ask('CLUSTER', 'KEYSLOT', key), key);
  }
});
