import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createClient } from '@redis/client';
import { waitUntil } from './wait-until.ts';

/** Ports below those that a machine gives to outgoing connections, one of which could take it meanwhile. */
const portRange = { first: 15_000, count: 15_000 };

const given = new Set<number>();

/** Answers a port that is free and that no connection is given by chance. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = portRange.first + randomInt(portRange.count);
    // One given a moment ago may not be listened at yet.
    if (given.has(port)) continue;
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    given.add(port);
    return port;
  }
}

/** How the engine comes to a machine that lacks it. */
const howToGet = 'install it with `apt-get install redis-server`, or name it in REDIS_SERVER';

/** Where redis-server is, undefined when this machine has none. */
export function findRedisServer(): string | undefined {
  const named = process.env['REDIS_SERVER'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return [
    ...(named === undefined ? [] : [named]),
    ...folders.map((folder) => path.join(folder, 'redis-server')),
  ].find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * For a test's `skip`: false when Redis is here, else why its tests are left out, which is also said aloud. With
 * CI_REQUIRE_ENGINES=1 its absence throws instead.
 */
export function redisSkip(): string | false {
  if (findRedisServer() !== undefined) return false;
  const reason = `redis-server is missing: ${howToGet}`;
  if (process.env['CI_REQUIRE_ENGINES'] === '1') throw new Error(reason);
  process.stderr.write(`LEFT OUT: tests against a real Redis, because ${reason}\n`);
  return reason;
}

/** One redis-server under test, its data in a temporary folder. It ends with the process that started it, however that ends. */
export interface RedisProcess {
  readonly port: number;
  readonly directory: string;
  /** Process id of redis-server itself. */
  pid(): number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again at the same port with the data it had on disk. */
  restart(): Promise<void>;
  /** Stops its process without ending it; its connections stay open and unanswered. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Settings as a configuration file has them; a list where a line has several words. */
export type RedisSettings = Readonly<Record<string, string | readonly string[]>>;

// The shell outlives a killed test: when its standard input closes, it ends the server and removes its data.
const keeper =
  'dir=$1; shift; "$@" >"$dir/log" 2>&1 & pid=$!; echo $pid; cat >/dev/null; kill -9 $pid; wait; rm -rf "$dir"';

/** Starts redis-server with settings as its configuration file has them. */
export async function startRedisProcess(port: number, settings: RedisSettings): Promise<RedisProcess> {
  const program = findRedisServer();
  if (program === undefined) throw new Error(`redis-server is missing: ${howToGet}`);
  const directory = await mkdtemp(path.join(tmpdir(), 'urr-redis-'));
  const all = { bind: '127.0.0.1', save: '', daemonize: 'no', dir: directory, ...settings };
  const port0 = 'tls-port' in settings ? '0' : String(port);
  const options = Object.entries({ port: port0, ...all }).flatMap(([name, value]) => [
    `--${name}`,
    ...[value].flat(),
  ]);
  const one = { shell: undefined as ChildProcessByStdio<Writable, Readable, null> | undefined, pid: 0 };
  const begin = async () => {
    one.shell = spawn('sh', ['-c', keeper, 'sh', directory, program, ...options], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    const { stdin, stdout } = one.shell;
    const [line] = (await once(createInterface(stdout), 'line')) as [string];
    // A test that forgets its server must still end.
    one.shell.unref();
    (stdin as unknown as Socket).unref();
    stdout.destroy();
    one.pid = Number(line);
  };
  const signal = (name: NodeJS.Signals) => void process.kill(one.pid, name);
  const kill = async () => {
    if (isAlive(one.pid)) signal('SIGKILL');
    await waitUntil(() => !isAlive(one.pid), { what: 'the end of redis-server' });
  };
  await begin();
  return {
    port,
    directory,
    pid: () => one.pid,
    kill,
    restart: begin,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    stop: async () => {
      await kill();
      one.shell?.stdin.end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** How a test reaches one server. */
export interface RedisEntry {
  readonly port: number;
  readonly password?: string | undefined;
  /** PEM of the certificate to trust. */
  readonly certificate?: string | undefined;
}

/** Sends one command over a connection of its own and answers the reply. */
export async function askRedis(entry: RedisEntry, command: readonly string[]): Promise<unknown> {
  const socket = {
    host: '127.0.0.1',
    port: entry.port,
    reconnectStrategy: false as const,
    connectTimeout: 1_000,
  };
  const client = createClient({
    socket: entry.certificate === undefined ? socket : { ...socket, tls: true, ca: entry.certificate },
    ...(entry.password === undefined ? {} : { password: entry.password }),
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.sendCommand(command);
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** Resolves when the server answers commands; ends it and tells its log when it never does. */
export async function redisAnswers(entry: RedisEntry, server: RedisProcess): Promise<void> {
  const ping = () =>
    askRedis(entry, ['PING']).then(
      (reply) => reply === 'PONG',
      () => false,
    );
  try {
    await waitUntil(ping, { timeoutMs: 10_000, what: `redis-server at port ${entry.port}` });
  } catch (error) {
    const log = await readFile(path.join(server.directory, 'log'), 'utf8').catch(() => '');
    await server.stop();
    throw new Error(`redis-server does not answer; it wrote:\n${log}`, { cause: error });
  }
}
