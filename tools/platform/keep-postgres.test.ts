import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@urr/testkit/free-port.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import pg from 'pg';
import { keepPostgres, type KeptPostgres } from './keep-postgres.ts';

test('a database server that is killed again while it recovers comes back with all that was committed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'urr-keep-postgres-'));
  await chmod(folder, 0o755);
  const dataDirectory = path.join(folder, 'postgres');
  const kept = await keepPostgres({ dataDirectory, port: await freePort() });
  const placed = await realpath(dataDirectory);
  try {
    await query(kept, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    for (const pauseMs of [0, 40, 80]) {
      const first = await killNext(dataDirectory, 0);
      await killNext(dataDirectory, first, pauseMs);
      await waitUntil(() => serves(kept), { timeoutMs: 30_000, what: 'the database' });
    }
    assert.equal(kept.restarts(), 6);
    assert.deepEqual(await query(kept, 'SELECT count(*)::integer AS rows FROM kept'), [{ rows: 1_000 }]);
  } finally {
    await kept.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(placed, { recursive: true, force: true });
  }
});

// The file names a server from its first moment on, long before it serves.
async function killNext(dataDirectory: string, previous: number, pauseMs = 0): Promise<number> {
  const pidOf = async () =>
    Number.parseInt(await readFile(path.join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => ''), 10);
  await waitUntil(async () => (await pidOf()) > 0 && (await pidOf()) !== previous, { what: 'the server' });
  await sleep(pauseMs);
  const pid = await pidOf();
  process.kill(pid, 'SIGKILL');
  return pid;
}

function serves(kept: KeptPostgres): Promise<boolean> {
  return query(kept, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

async function query(kept: KeptPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: kept.server().url('postgres') });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
