import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startRedisCluster } from './redis-cluster.ts';
import { askRedis, redisSkip } from './redis-process.ts';
import { startRedis } from './redis-server.ts';
import { spawnProcess } from './spawn-process.ts';
import { waitUntil } from './wait-until.ts';

const skip = redisSkip();
const answers = (port: number) =>
  askRedis({ port }, ['PING']).then(
    () => true,
    () => false,
  );

test('servers of a test that was killed end by themselves and leave nothing', { skip }, async () => {
  const fixture = fileURLToPath(new URL('./redis-server.fixture.ts', import.meta.url));
  const child = await spawnProcess(fixture);
  await child.waitForOutput('.', { timeoutMs: 30_000 });
  const ports = [...child.output().matchAll(/\d+/g)].map(([port]) => Number(port));
  assert.equal(ports.length, 7);
  const [port = 0] = ports;
  const [, directory = ''] = (await askRedis({ port }, ['CONFIG', 'GET', 'dir']).then((reply) =>
    Object.entries(reply as Record<string, string>).flat(),
  )) as string[];
  assert.ok(existsSync(directory));
  await child.kill();
  for (const each of ports) await waitUntil(async () => !(await answers(each)));
  await waitUntil(() => !existsSync(directory));
});

test('a server comes back empty at the same port, and a stopped one is gone', { skip }, async () => {
  const redis = await startRedis({ password: 'open sesame' });
  await redis.ask('SET', 'a', 'b');
  await redis.kill();
  await assert.rejects(redis.ask('PING'));
  await redis.restart();
  assert.equal(await redis.ask('GET', 'a'), null);
  await redis.stop();
  await assert.rejects(redis.ask('PING'));
});

test(
  'a cluster has three masters, and another one takes over from a killed master',
  { skip },
  async (context) => {
    const cluster = await startRedisCluster();
    context.after(() => cluster.stop());
    assert.deepEqual(await cluster.masters(), [0, 1, 2]);
    assert.ok([0, 1, 2].includes(await cluster.masterOf('a')));
    await cluster.kill(1);
    await waitUntil(async () => (await cluster.masters()).join() === '0,2,4', { timeoutMs: 15_000 });
    await cluster.restart(1);
    await cluster.ready();
    assert.deepEqual(await cluster.masters(), [0, 2, 4]);
  },
);
