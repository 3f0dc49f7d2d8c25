import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { freePort } from './free-port.ts';
import { hasKafka, kafkaRemedy } from './kafka-jars.ts';
import { formatNode, type KafkaLogin, type KafkaNode, serverCommand } from './kafka-node.ts';
import { waitUntil } from './wait-until.ts';

/** A running Kafka cluster of one test file. */
export interface KafkaCluster {
  /** As in KAFKA_BOOTSTRAP_SERVERS: all nodes, also those that are down. */
  readonly bootstrapServers: string;
  /** Kills a node, counted from 0, with SIGKILL unless another signal is named. */
  kill(index: number, signal?: NodeJS.Signals): Promise<void>;
  /** Stops a node's process without ending it; its connections stay open and unanswered. */
  pause(index: number): void;
  resume(index: number): void;
  /** Starts a node that is down, on what it has stored; resolves when it takes connections. */
  start(index: number): Promise<void>;
  /** Kills all nodes and removes what they stored. */
  stop(): Promise<void>;
}

/** What a cluster is to be. */
export interface KafkaOptions {
  readonly nodes: 1 | 3;
  /** Lets in this user alone, over TLS; anybody in the clear when absent. */
  readonly login?: KafkaLogin;
}

const startDeadlineMs = 60_000;

/**
 * Why suites that need Kafka must be left out here; `false` when they can run. Throws where CI_REQUIRE_ENGINES is 1,
 * because there an engine that is missing is a failure.
 */
export function kafkaMissing(suite: string): string | false {
  if (hasKafka()) return false;
  const message = `NOT TESTED: ${suite}: Apache Kafka is not here. To get it: ${kafkaRemedy}`;
  if (process.env['CI_REQUIRE_ENGINES'] === '1') throw new Error(message);
  console.error(`⚠ ${message}`);
  return message;
}

/** Starts Kafka, each node broker and controller at once, on free ports with its data in a temporary folder. */
export async function startKafka({ nodes: count, login }: KafkaOptions): Promise<KafkaCluster> {
  const directory = await mkdtemp(path.join(tmpdir(), 'urr-kafka-'));
  const nodes: KafkaNode[] = [];
  for (let id = 1; id <= count; id += 1)
    nodes.push({ ...(await makeNode(id, path.join(directory, `node-${id}`))), login });
  const running = new Map<number, RunningNode>();
  const nodeAt = (index: number) => {
    const node = nodes[index];
    if (node === undefined) throw new Error(`There is no node ${index}`);
    return node;
  };
  const kill = async (index: number, signal: NodeJS.Signals = 'SIGKILL') => {
    const node = running.get(index);
    running.delete(index);
    await node?.kill(signal);
  };
  const start = async (index: number) => {
    if (!running.has(index)) running.set(index, await runNode(nodeAt(index), directory));
  };
  const signal = (index: number, name: NodeJS.Signals) => running.get(index)?.signal(name);
  const stop = async () => {
    await Promise.all(nodes.map((_, index) => kill(index)));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => formatNode(node, nodes)));
    await Promise.all(nodes.map((_, index) => start(index)));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    bootstrapServers: nodes.map(({ port }) => `127.0.0.1:${port}`).join(','),
    kill,
    pause: (index) => signal(index, 'SIGSTOP'),
    resume: (index) => signal(index, 'SIGCONT'),
    start,
    stop,
  };
}

async function makeNode(id: number, directory: string): Promise<KafkaNode> {
  await mkdir(directory);
  return { id, port: await freePort(), controllerPort: await freePort(), directory };
}

interface RunningNode {
  signal(name: NodeJS.Signals): void;
  kill(signal: NodeJS.Signals): Promise<void>;
}

// The shell waits for the end of its input, which comes when this process ends, however it ends: then node and data go.
const keeper =
  '"$@" </dev/null & node=$!; echo $node; cat >/dev/null; kill -9 $node; wait $node; rm -rf "$STORED"';

async function runNode(node: KafkaNode, stored: string): Promise<RunningNode> {
  const logFile = path.join(node.directory, 'server.log');
  const log = openSync(logFile, 'a');
  const shell = spawn('sh', ['-c', keeper, 'kafka', ...serverCommand(node)], {
    stdio: ['pipe', 'pipe', log],
    env: { ...process.env, STORED: stored },
  }) as ChildProcessByStdio<Writable, Readable, null>;
  closeSync(log);
  shell.stdin.on('error', () => {});
  const pid = await new Promise<number>((resolve, reject) => {
    shell.once('error', reject);
    shell.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
  });
  shell.stdout.resume();
  const ended = new Promise((resolve) => shell.once('exit', resolve));
  const kill = async (signal: NodeJS.Signals) => {
    signalTo(pid, signal);
    await waitUntil(() => !isAlive(pid), { timeoutMs: 20_000, what: `the end of Kafka's node ${node.id}` });
    // Its end must not take away what the other nodes, or this one's next start, need.
    shell.kill('SIGKILL');
    await ended;
  };
  try {
    await waitUntil(() => !isAlive(pid) || canConnect(node.port), { timeoutMs: startDeadlineMs });
    if (!isAlive(pid)) throw new Error('it ended');
  } catch (cause) {
    const written = await readFile(logFile, 'utf8');
    await kill('SIGKILL');
    throw new Error(`Kafka's node ${node.id} did not start: ${written}`, { cause });
  }
  return { kill, signal: (name) => void signalTo(pid, name) };
}

function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  return signalTo(pid, 0);
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
