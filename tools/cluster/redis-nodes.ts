import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { launchNative } from '../platform/launch.ts';
import type { ProgramPlan } from '../platform/supervisor.ts';

const run = promisify(execFile);
const nodes = 6;
const firstPort = 7101;
const firstBusPort = 7111;
const formDeadlineMs = 30_000;

/** Ports of the nodes, clients' first; each node has one for the others too. */
export function redisPorts(offset: number): ReadonlyMap<string, number> {
  return new Map(
    Array.from({ length: nodes }, (_, index) => index).flatMap((index) => [
      [`redis-${index + 1}`, firstPort + index + offset] as const,
      [`redis-${index + 1}-bus`, firstBusPort + index + offset] as const,
    ]),
  );
}

/** `host:port` of each node, as clients are told. */
export function redisNodes(offset: number): string[] {
  return Array.from({ length: nodes }, (_, index) => `127.0.0.1:${firstPort + index + offset}`);
}

/** Six nodes that keep their data under a folder; `formRedisCluster` makes them one cluster. */
export async function redisPlans(
  file: string,
  directory: string,
  offset: number,
  password: string,
): Promise<ProgramPlan[]> {
  return Promise.all(
    Array.from({ length: nodes }, async (_, index) => {
      const port = firstPort + index + offset;
      const folder = path.join(directory, `redis-${index + 1}`);
      await mkdir(folder, { recursive: true });
      const settings = {
        port,
        bind: '127.0.0.1',
        'cluster-enabled': 'yes',
        'cluster-port': firstBusPort + index + offset,
        'cluster-config-file': 'nodes.conf',
        'cluster-node-timeout': 2_000,
        // A shard without a master must not stop the lines of the others.
        'cluster-require-full-coverage': 'no',
        requirepass: password,
        masterauth: password,
        appendonly: 'yes',
        save: '',
        'maxmemory-policy': 'noeviction',
      };
      const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
      return {
        name: `redis-${index + 1}`,
        launch: () => launchNative({ file, args, directory: folder }),
        isReady: async () => (await cli(port, password, ['ping'])).startsWith('PONG'),
      };
    }),
  );
}

/** Makes the nodes three masters with a replica each, once, and waits until all slots are served. */
export async function formRedisCluster(offset: number, password: string): Promise<void> {
  const state = () => cli(firstPort + offset, password, ['cluster', 'info']);
  if (!(await state()).includes('cluster_known_nodes:6')) {
    const create = ['--cluster', 'create', ...redisNodes(offset), '--cluster-replicas', '1', '--cluster-yes'];
    await run('redis-cli', ['--no-auth-warning', '-a', password, ...create]);
  }
  const deadline = performance.now() + formDeadlineMs;
  while (!(await state()).includes('cluster_state:ok')) {
    if (performance.now() > deadline) throw new Error(`Redis Cluster did not form:\n${await state()}`);
    await sleep(100);
  }
}

/** Names of the nodes that are masters now. */
export async function redisMasters(offset: number, password: string): Promise<string[]> {
  const roles = await Promise.all(
    Array.from({ length: nodes }, (_, index) => cli(firstPort + index + offset, password, ['role'])),
  );
  return roles.flatMap((role, index) => (role.startsWith('master') ? [`redis-${index + 1}`] : []));
}

/** True when every node answers and all slots are served. */
export async function isRedisServing(offset: number, password: string): Promise<boolean> {
  const states = await Promise.all(
    Array.from({ length: nodes }, (_, index) =>
      cli(firstPort + index + offset, password, ['cluster', 'info']),
    ),
  );
  return states.every((state) => state.includes('cluster_state:ok'));
}

/** Makes every master forget all it has; false when some could not be told. */
export async function flushRedis(offset: number, password: string): Promise<boolean> {
  const masters = await redisMasters(offset, password);
  const answers = await Promise.all(
    masters.map((name) =>
      cli(firstPort + Number(name.slice('redis-'.length)) - 1 + offset, password, ['flushall']),
    ),
  );
  return masters.length > 0 && answers.every((answer) => answer.startsWith('OK'));
}

async function cli(port: number, password: string, words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(
      'redis-cli',
      ['--no-auth-warning', '-a', password, '-p', String(port), ...words],
      {
        timeout: 2_000,
      },
    );
    return stdout;
  } catch {
    return '';
  }
}
