import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { spawnProcess, type SpawnedProcess } from '@urr/testkit/spawn-process.ts';
import { composeService } from './compose-file.fixture.ts';

const run = promisify(execFile);
const password = 'of this test';
const nodes = [1, 2, 3, 4, 5, 6];

// Containers have an address each and one port; so do these, on the machine's own network.
const netOf = (net: number) => (node: number) => `127.98.${net}.${node}`;

test(
  'redis-cluster in compose.yaml forms the cluster, and mends it when nodes come back at other addresses',
  { skip: redisSkip() },
  async (context) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'urr-compose-redis-'));
    const running: SpawnedProcess[] = [];
    context.after(async () => {
      await Promise.all(running.map((node) => node.kill()));
      await rm(folder, { recursive: true, force: true });
    });
    const start = async (addressOf: (node: number) => string) => {
      for (const node of nodes) running.push(await startNode(node, addressOf(node), folder));
    };
    const before = netOf(1);
    await start(before);
    await formCluster(folder, before);
    assert.deepEqual(await stateOf(before(1)), { state: 'ok', size: '3', nodes: '6' });
    const kept = await cli(before(1), ['-c', 'set', 'kept', 'yes']);
    assert.equal(kept, 'OK');

    await Promise.all(running.splice(0).map((node) => node.kill('SIGTERM')));
    const later = netOf(2);
    await start(later);
    await formCluster(folder, later);
    assert.deepEqual(await stateOf(later(1)), { state: 'ok', size: '3', nodes: '6' });
    assert.equal(await cli(later(4), ['-c', 'get', 'kept']), 'yes');
  },
);

async function startNode(node: number, address: string, folder: string): Promise<SpawnedProcess> {
  const directory = path.join(folder, String(node));
  await run('mkdir', ['-p', directory]);
  const { command = [] } = composeService(`redis-${node}`);
  const started = await spawnProcess(
    'sh',
    ['-c', `${command[2]?.replaceAll('$$', '$')} --bind ${address} --bind-source-addr ${address}`],
    {
      cwd: directory,
      env: { REDIS_PASSWORD: password },
    },
  );
  await started.waitForOutput('Ready to accept connections');
  return started;
}

// Docker's DNS answers getent; here a program of that name does.
async function formCluster(folder: string, addressOf: (node: number) => string): Promise<void> {
  const cases = nodes.map((node) => `redis-${node}) echo "${addressOf(node)}  redis-${node}";;`).join(' ');
  await writeFile(path.join(folder, 'getent'), `#!/bin/sh\ncase "$2" in ${cases} esac\n`, { mode: 0o755 });
  const [shell = 'sh', ...words] = composeService('redis-cluster').command ?? [];
  await run(
    shell,
    words.map((word) => word.replaceAll('$$', '$')),
    {
      env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, REDISCLI_AUTH: password },
      timeout: 60_000,
    },
  );
}

async function stateOf(address: string) {
  const said = await cli(address, ['cluster', 'info']);
  const of = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(said)?.[1];
  return { state: of('cluster_state'), size: of('cluster_size'), nodes: of('cluster_known_nodes') };
}

async function cli(address: string, words: readonly string[]): Promise<string> {
  const env = { ...process.env, REDISCLI_AUTH: password };
  return (await run('redis-cli', ['-h', address, ...words], { env })).stdout.trim();
}
