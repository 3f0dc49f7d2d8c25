import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import pg from 'pg';

/** The variable that names the PostgreSQL server of a test run; without it a cached one is started. */
export const TEST_POSTGRES_VARIABLE = 'URR_TEST_POSTGRES_URL';

/** Held shared by every user of the cached server, and alone by its keeper to stop it. */
export const LEASE_LOCK = 7_237_001;

/** The keeper's exit code when another keeper is first. */
export const OTHER_KEEPER_EXIT_CODE = 3;

const KEEPER = fileURLToPath(new URL('./test-server-keeper.ts', import.meta.url));
const STATE_FILE = fileURLToPath(new URL('../../../.urr/test-postgres.json', import.meta.url));
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 30;

/** A test server in use: `url` is its maintenance database; `release` lets it stop when it is idle. */
export type TestServer = { readonly url: string; release(): Promise<void> };

/**
 * Answers the PostgreSQL server for tests: the one named by URR_TEST_POSTGRES_URL, else a cached one in `.urr`
 * that all test files share and that stops by itself when none has used it for a minute.
 */
export async function useTestServer(): Promise<TestServer> {
  const named = process.env[TEST_POSTGRES_VARIABLE];
  if (named !== undefined && named !== '') return { url: named, release: async () => {} };
  const deadline = Date.now() + START_TIMEOUT_MS;
  let keeper: Promise<void> | undefined;
  for (;;) {
    const leased = await leaseRunningServer();
    if (leased !== undefined) return leased;
    if (Date.now() > deadline)
      throw new Error(`The test database did not start within ${START_TIMEOUT_MS} ms.`);
    keeper ??= startKeeper().finally(() => (keeper = undefined));
    await Promise.race([keeper, sleep(POLL_MS)]);
  }
}

async function leaseRunningServer(): Promise<TestServer | undefined> {
  const url = await readServerUrl();
  if (url === undefined) return undefined;
  const lease = new pg.Client({ connectionString: url, application_name: 'urr-test-lease' });
  lease.on('error', () => {});
  try {
    await lease.connect();
    // Only with the lock is it certain that the keeper is not stopping the server at this moment.
    await lease.query('SELECT pg_advisory_lock_shared($1)', [LEASE_LOCK]);
  } catch {
    await lease.end().catch(() => {});
    return undefined;
  }
  // The lease must not keep a finished test file alive; pg's types do not know the method.
  const socket = lease as pg.Client & { ref(): void; unref(): void };
  socket.unref();
  const release = (): Promise<void> => {
    // Who waits for the end needs the socket counted again, or the process would end first.
    socket.ref();
    return lease.end();
  };
  return { url, release };
}

async function readServerUrl(): Promise<string | undefined> {
  const state = await readFile(STATE_FILE, 'utf8').catch(() => undefined);
  return state === undefined ? undefined : (JSON.parse(state) as { url: string }).url;
}

// Resolves when another keeper was first, rejects when the server cannot start, and stays pending while it keeps.
async function startKeeper(): Promise<void> {
  const keeper = spawn(process.execPath, [KEEPER, STATE_FILE], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: withoutTestRunner(process.env),
    windowsHide: true,
  });
  keeper.unref();
  const complaint = text(keeper.stderr);
  (keeper.stderr as unknown as { unref(): void }).unref();
  const code = await new Promise<number | null>((resolve) => keeper.once('exit', resolve));
  if (code === OTHER_KEEPER_EXIT_CODE || code === 0) return sleep(POLL_MS);
  throw new Error(`The test database could not be started: ${await complaint}`);
}

// A child that inherits the test runner's context would report as one of its tests.
function withoutTestRunner(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ...rest } = environment;
  return rest;
}
