import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedisCluster, type TestRedisCluster } from '@urr/testkit/redis-cluster.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { Type } from 'typebox';
import { readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { openRedis } from './open-redis.ts';
import { type Redis, readScript, RedisUnavailable } from './redis.ts';
import { redisVariables } from './redis-variables.ts';

const skip = redisSkip();
const count = readScript(new URL('./count.fixture.lua', import.meta.url));
const clusters: TestRedisCluster[] = [];
const opened: Redis[] = [];
after(async () => {
  await Promise.all(opened.map((redis) => redis.close()));
  await Promise.all(clusters.map((cluster) => cluster.stop()));
});

async function open(environment: Readonly<Record<string, string>>): Promise<Redis> {
  const config = readConfig(Type.Object(redisVariables), environment);
  const redis = await openRedis(config, createLogger('test', 'silent'));
  opened.push(redis);
  return redis;
}

async function start() {
  const cluster = await startRedisCluster();
  clusters.push(cluster);
  return { cluster, redis: await open(cluster.environment) };
}

/** Two keys of each master, from a tag that lives there. */
async function keysByMaster(cluster: TestRedisCluster): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (let tag = 0; found.size < 3; tag += 1) {
    const key = `{${tag}}:n`;
    const master = await cluster.masterOf(key);
    if (!found.has(master)) found.set(master, key);
  }
  return found;
}

const isUp = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

test(
  'a cluster, known by one node or all, runs scripts where their keys live and carries messages across nodes',
  { skip },
  async () => {
    const { cluster, redis } = await start();
    const [port = 0] = cluster.ports;
    const byOneNode = await open({ REDIS_HOST: '127.0.0.1', REDIS_PORT: String(port) });
    const keys = await keysByMaster(cluster);
    for (const key of keys.values()) {
      assert.deepEqual(await redis.run(count, [key], ['x']), [1, 'x']);
      assert.deepEqual(await byOneNode.run(count, [key], ['x']), [2, 'x']);
    }
    const heard: string[] = [];
    await redis.subscribe('news', (bytes) => heard.push(bytes.toString()));
    await byOneNode.publish('news', 'hello');
    await waitUntil(() => heard.length === 1);
    await cluster.flush();
    for (const key of keys.values()) assert.deepEqual(await redis.run(count, [key], ['x']), [1, 'x']);
  },
);

test('a slot that moved is followed without an error', { skip }, async () => {
  const { cluster, redis } = await start();
  const [[source, key] = [0, ''], [target] = [0]] = [...(await keysByMaster(cluster))];
  const slot = String(await cluster.ask(source, 'CLUSTER', 'KEYSLOT', key));
  const [sourceId, targetId] = await Promise.all(
    [source, target].map(async (index) => String(await cluster.ask(index, 'CLUSTER', 'MYID'))),
  );
  await redis.run(count, [key], ['']);
  await cluster.ask(target, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', sourceId ?? '');
  await cluster.ask(source, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', targetId ?? '');
  await cluster.ask(source, 'MIGRATE', '127.0.0.1', String(cluster.ports[target]), key, '0', '1000');
  // Half way: the old master says ASK for a key it has given away.
  assert.deepEqual(await redis.run(count, [key], ['']), [2, '']);
  for (const index of [target, source])
    await cluster.ask(index, 'CLUSTER', 'SETSLOT', slot, 'NODE', targetId ?? '');
  for (let run = 3; run < 50; run += 1) assert.deepEqual(await redis.run(count, [key], ['']), [run, '']);
});

test(
  'when a master dies its keys are refused at once, the others go on, and its replica takes over',
  { skip },
  async () => {
    const { cluster, redis } = await start();
    const keys = await keysByMaster(cluster);
    const [[victim, key] = [0, ''], [, otherKey] = [0, '']] = [...keys];
    const heard = new Set<string>();
    await redis.subscribe('news', (bytes) => heard.add(bytes.toString()));
    await redis.run(count, [key], ['']);
    await cluster.kill(victim);
    let longestMs = 0;
    const recovered = async () => {
      await redis.run(count, [otherKey], ['']);
      const startedAtMs = performance.now();
      const error: unknown = await redis.run(count, [key], ['']).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      longestMs = Math.max(longestMs, performance.now() - startedAtMs);
      assert.ok(error === undefined || error instanceof RedisUnavailable, String(error));
      return error === undefined;
    };
    await waitUntil(recovered, { timeoutMs: 20_000, what: 'the replica to take over' });
    assert.ok(longestMs < 1_300, `${longestMs} ms`);
    await waitUntil(async () => (await isUp(redis.publish('news', 'after'))) && heard.has('after'));
    await cluster.restart(victim);
    await cluster.ready();
    for (const each of keys.values()) await redis.run(count, [each], ['']);
  },
);

test(
  'a service that starts while a master is away serves the rest, and all of it later',
  { skip },
  async () => {
    const { cluster } = await start();
    const [[victim, key] = [0, ''], [, otherKey] = [0, '']] = [...(await keysByMaster(cluster))];
    await cluster.kill(victim);
    const redis = await open(cluster.environment);
    // The others notice the death after a moment and refuse everything until the replica has taken over.
    await waitUntil(() => isUp(redis.run(count, [otherKey], [''])), { timeoutMs: 20_000 });
    await waitUntil(() => isUp(redis.run(count, [key], [''])), { timeoutMs: 20_000 });
  },
);

test('a master that hangs and comes back as a replica is found out', { skip }, async () => {
  const { cluster, redis } = await start();
  const [[victim, key] = [0, '']] = [...(await keysByMaster(cluster))];
  await redis.run(count, [key], ['']);
  cluster.pause(victim);
  await waitUntil(() => isUp(redis.run(count, [key], [''], { deadlineMs: 200 })), { timeoutMs: 20_000 });
  cluster.resume(victim);
  await sleep(500);
  for (let run = 0; run < 50; run += 1) await redis.run(count, [key], ['']);
});
