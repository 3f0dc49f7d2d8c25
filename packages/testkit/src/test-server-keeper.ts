/**
 * A process of its own that runs the cached test server for as long as test files use it.
 * Arguments: the file it publishes the server's URL in, beside the data directory; idle milliseconds before it stops.
 */
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AlreadyRunningError } from '@urr/platform/embedded-postgres/ownership.ts';
import {
  PortTakenError,
  startPostgres,
  type PostgresServer,
} from '@urr/platform/embedded-postgres/start-postgres.ts';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { LEASE_LOCK, OTHER_KEEPER_EXIT_CODE } from './test-server.ts';

const IDLE_MS = 60_000;
const CHECKS_PER_IDLE_TIME = 30;
const KEPT_TEMPLATES = 20;

// Tests kill processes, not the machine: without fsync the operating system still has every committed page.
const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  autovacuum: 'off',
  checkpoint_timeout: '1h',
};

async function keep(stateFile: string, idleMs: number): Promise<void> {
  const server = await startOnFreePort(stateFile.replace(/\.json$/, ''));
  const client = new pg.Client({ connectionString: server.url('postgres') });
  client.on('error', () => {});
  server.onExit(() => process.exit(1));
  await client.connect();
  await dropLeftovers(client);
  await publish(stateFile, server.url('postgres'));
  await lastLeaseGone(client, idleMs);
  await rm(stateFile, { force: true });
  await server.stop();
}

async function startOnFreePort(dataDirectory: string): Promise<PostgresServer> {
  for (;;) {
    try {
      return await startPostgres({ dataDirectory, port: await freePort(), settings: TEST_SETTINGS });
    } catch (error) {
      if (error instanceof AlreadyRunningError) process.exit(OTHER_KEEPER_EXIT_CODE);
      if (!(error instanceof PortTakenError)) throw error;
    }
  }
}

// Nobody can use the server before its URL is published: databases that are there belong to killed test files.
async function dropLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'
     UNION ALL (SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC OFFSET $1)`,
    [KEPT_TEMPLATES],
  );
  for (const { name } of rows) {
    await client.query(`UPDATE pg_database SET datistemplate = false WHERE datname = $1`, [name]);
    await client.query(`DROP DATABASE ${client.escapeIdentifier(name)} WITH (FORCE)`);
  }
}

async function publish(stateFile: string, url: string): Promise<void> {
  await writeFile(`${stateFile}.new`, JSON.stringify({ url }), { mode: 0o600 });
  await rename(`${stateFile}.new`, stateFile);
}

// Returns with the lock held alone: whoever comes now waits for it, is cut off by the stop, and starts anew.
async function lastLeaseGone(client: pg.Client, idleMs: number): Promise<void> {
  let idleSince = Date.now();
  for (;;) {
    await sleep(idleMs / CHECKS_PER_IDLE_TIME);
    const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      LEASE_LOCK,
    ]);
    if (rows[0]?.alone !== true) idleSince = Date.now();
    else if (Date.now() - idleSince >= idleMs) return;
    else await client.query('SELECT pg_advisory_unlock($1)', [LEASE_LOCK]);
  }
}

// Whoever started this may be gone by the time something is written.
process.stderr.on('error', () => {});
await keep(process.argv[2] ?? '', Number(process.argv[3] ?? IDLE_MS));
process.exit(0);
