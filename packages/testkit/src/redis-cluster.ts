import {
  askRedis,
  quietPort,
  redisAnswers,
  type RedisProcess,
  type RedisSettings,
  startRedisProcess,
} from './redis-process.ts';
import { forgetAll } from './redis-server.ts';
import { waitUntil } from './wait-until.ts';

/** A Redis Cluster under test: three masters, a replica each. */
export interface TestRedisCluster {
  readonly ports: readonly number[];
  /** The variables by which a service finds it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Which nodes are masters at this moment, as indexes of `ports`. */
  masters(): Promise<number[]>;
  /** The master of a key at this moment. */
  masterOf(key: string): Promise<number>;
  /** Sends one command to one node and answers the reply. */
  ask(index: number, ...command: string[]): Promise<unknown>;
  /** Ends one node as a power cut would; its replica takes over after about two seconds. */
  kill(index: number): Promise<void>;
  /** Starts a killed node again; it comes back as whatever the others say it is. */
  restart(index: number): Promise<void>;
  pause(index: number): void;
  resume(index: number): void;
  /** Every node loses its memory: rows and scripts. */
  flush(): Promise<void>;
  /** Resolves when all slots are served and every master that lives has what it needs. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const nodeCount = 6;
const masterCount = 3;
const slotCount = 16_384;

/** Starts a cluster of six nodes on free ports and waits until it serves every slot. */
export async function startRedisCluster(
  options: { readonly settings?: RedisSettings } = {},
): Promise<TestRedisCluster> {
  const nodes: RedisProcess[] = [];
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    for (let count = 0; count < nodeCount; count += 1) nodes.push(await startNode(options.settings ?? {}));
    await Promise.all(nodes.map((node) => redisAnswers(node, node)));
    await join(nodes);
    await isServing(nodes);
  } catch (error) {
    await stop();
    throw error;
  }
  return clusterOf(nodes, stop);
}

function clusterOf(nodes: readonly RedisProcess[], stop: () => Promise<void>): TestRedisCluster {
  const at = (index: number): RedisProcess => {
    const node = nodes[index];
    if (node === undefined) throw new Error(`there is no node ${index}`);
    return node;
  };
  return {
    ports: nodes.map(({ port }) => port),
    environment: { REDIS_CLUSTER_NODES: nodes.map(({ port }) => `127.0.0.1:${port}`).join(',') },
    masters: () => mastersOf(nodes),
    masterOf: (key: string) => masterOf(nodes, key),
    ask: (index: number, ...command: string[]) => askRedis(at(index), command),
    kill: (index: number) => at(index).kill(),
    restart: async (index: number) => {
      await at(index).restart();
      await redisAnswers(at(index), at(index));
    },
    pause: (index: number) => at(index).pause(),
    resume: (index: number) => at(index).resume(),
    flush: async () => {
      for (const index of await mastersOf(nodes)) await forgetAll(at(index));
    },
    ready: () => isServing(nodes),
    stop,
  };
}

async function startNode(settings: RedisSettings): Promise<RedisProcess> {
  const busPort = await quietPort();
  return startRedisProcess(await quietPort(), {
    'cluster-enabled': 'yes',
    // Two ports at random; the usual one, 10,000 above, may be taken or not exist.
    'cluster-port': String(busPort),
    'cluster-node-timeout': '1500',
    'cluster-replica-validity-factor': '0',
    'repl-diskless-sync-delay': '0',
    // One shard away must not take the others along.
    'cluster-require-full-coverage': 'no',
    ...settings,
  });
}

async function join(nodes: readonly RedisProcess[]): Promise<void> {
  const share = Math.ceil(slotCount / masterCount);
  for (const [index, node] of nodes.entries()) {
    await askRedis(node, ['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)]);
    if (index >= masterCount) continue;
    const last = Math.min((index + 1) * share, slotCount) - 1;
    await askRedis(node, ['CLUSTER', 'ADDSLOTSRANGE', String(index * share), String(last)]);
  }
  const [first, ...others] = nodes;
  if (first === undefined) return;
  for (const node of others) await meet(first, node);
  const allSee = async (count: number, isSeen: (line: string) => boolean) => {
    const seen = await Promise.all(nodes.map(async (node) => (await linesOf(node)).filter(isSeen)));
    return seen.every((lines) => lines.length === count);
  };
  await waitUntil(() => allSee(nodes.length, (line) => !line.includes('handshake')), {
    timeoutMs: 20_000,
    what: 'the nodes to know each other',
  });
  for (const [index, node] of nodes.entries()) {
    const master = nodes[index - masterCount];
    if (master === undefined) continue;
    await askRedis(node, ['CLUSTER', 'REPLICATE', String(await askRedis(master, ['CLUSTER', 'MYID']))]);
  }
  // News of it travels; who takes a replica for a master until then is answered that it takes no writes.
  await waitUntil(() => allSee(masterCount, isMaster), {
    timeoutMs: 20_000,
    what: 'the nodes to know the masters',
  });
}

function isMaster(line: string): boolean {
  return /\bmaster\b/.test(line);
}

async function meet(one: RedisProcess, other: RedisProcess): Promise<void> {
  const busPort = /:\d+@(\d+)/.exec((await linesOf(other))[0] ?? '')?.[1] ?? '';
  await askRedis(one, ['CLUSTER', 'MEET', '127.0.0.1', String(other.port), busPort]);
}

async function linesOf(node: RedisProcess): Promise<string[]> {
  return String(await askRedis(node, ['CLUSTER', 'NODES']))
    .trim()
    .split('\n');
}

// The first node that answers tells.
async function mastersOf(nodes: readonly RedisProcess[]): Promise<number[]> {
  for (const node of nodes) {
    const lines = await linesOf(node).catch(() => undefined);
    if (lines === undefined) continue;
    const ports = lines
      .filter((line) => isMaster(line) && !/\bfail\b/.test(line))
      .map((line) => Number(/:(\d+)@/.exec(line)?.[1]));
    return nodes.flatMap(({ port }, index) => (ports.includes(port) ? [index] : []));
  }
  throw new Error('no node answers');
}

async function masterOf(nodes: readonly RedisProcess[], key: string): Promise<number> {
  for (const node of nodes) {
    const slot = await askRedis(node, ['CLUSTER', 'KEYSLOT', key]).catch(() => undefined);
    if (slot === undefined) continue;
    const ranges = (await askRedis(node, ['CLUSTER', 'SLOTS'])) as [number, number, [string, number]][];
    const found = ranges.find(([first, last]) => Number(slot) >= first && Number(slot) <= last);
    return nodes.findIndex(({ port }) => port === found?.[2][1]);
  }
  throw new Error('no node answers');
}

async function isServing(nodes: readonly RedisProcess[]): Promise<void> {
  const serves = async (node: RedisProcess) => {
    const info = String(await askRedis(node, ['CLUSTER', 'INFO']));
    const replication = String(await askRedis(node, ['INFO', 'replication']));
    const isLinked = !replication.includes('role:slave') || replication.includes('master_link_status:up');
    return info.includes('cluster_state:ok') && isLinked;
  };
  const all = async () => {
    // A node that was killed has no say.
    const said = await Promise.all(nodes.map((node) => serves(node).catch(() => true)));
    return said.every(Boolean);
  };
  await waitUntil(all, { timeoutMs: 30_000, what: 'the cluster to serve every slot' });
}
