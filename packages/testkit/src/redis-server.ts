import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  askRedis,
  quietPort,
  redisAnswers,
  type RedisEntry,
  type RedisSettings,
  startRedisProcess,
} from './redis-process.ts';

/** A single Redis under test. */
export interface TestRedis {
  readonly port: number;
  /** PEM of its certificate, with TLS. */
  readonly certificate: string | undefined;
  /** The variables by which a service finds it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sends one command and answers the reply. */
  ask(...command: string[]): Promise<unknown>;
  /** It loses its memory: rows and scripts. */
  flush(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same port. */
  restart(): Promise<void>;
  /** Stops its process without ending it. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** How a server under test differs from a bare one; `settings` as in its configuration file. */
export interface TestRedisOptions {
  readonly password?: string;
  readonly tls?: boolean;
  readonly settings?: RedisSettings;
}

/** Starts a Redis on a free port and waits until it answers; it keeps nothing on disk. */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const port = await quietPort();
  const identity = options.tls === true ? await makeIdentity() : undefined;
  const settings = {
    ...(options.password === undefined ? {} : { requirepass: options.password }),
    ...(identity === undefined ? {} : tlsSettings(port, identity.folder)),
    ...options.settings,
  };
  const server = await startRedisProcess(port, settings);
  const entry: RedisEntry = { port, password: options.password, certificate: identity?.certificate };
  await redisAnswers(entry, server);
  return {
    port,
    certificate: identity?.certificate,
    environment: {
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(port),
      ...(options.password === undefined ? {} : { REDIS_PASSWORD: options.password }),
      ...(options.tls === true ? { REDIS_SSL: 'true' } : {}),
    },
    ask: (...command) => askRedis(entry, command),
    flush: () => forgetAll(entry),
    kill: () => server.kill(),
    restart: async () => {
      await server.restart();
      await redisAnswers(entry, server);
    },
    pause: () => server.pause(),
    resume: () => server.resume(),
    stop: async () => {
      await server.stop();
      if (identity !== undefined) await rm(identity.folder, { recursive: true, force: true });
    },
  };
}

/** Takes rows and scripts from a server, as a start without data would. */
export async function forgetAll(entry: RedisEntry): Promise<void> {
  await askRedis(entry, ['FLUSHALL']);
  await askRedis(entry, ['SCRIPT', 'FLUSH']);
}

function tlsSettings(port: number, folder: string): Record<string, string> {
  return {
    'tls-port': String(port),
    'tls-cert-file': path.join(folder, 'certificate.pem'),
    'tls-key-file': path.join(folder, 'key.pem'),
    'tls-ca-cert-file': path.join(folder, 'certificate.pem'),
    'tls-auth-clients': 'no',
  };
}

// Node makes no certificates; openssl is where redis-server is.
async function makeIdentity(): Promise<{ folder: string; certificate: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'urr-redis-tls-'));
  const file = path.join(folder, 'certificate.pem');
  await promisify(execFile)('openssl', [
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'.split(
      ' ',
    ),
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout',
    path.join(folder, 'key.pem'),
    '-out',
    file,
  ]);
  return { folder, certificate: await readFile(file, 'utf8') };
}
