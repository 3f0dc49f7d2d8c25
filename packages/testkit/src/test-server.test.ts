import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { spawnProcess } from './spawn-process.ts';
import { LEASE_LOCK, OTHER_KEEPER_EXIT_CODE, useTestServer } from './test-server.ts';
import { waitUntil } from './wait-until.ts';

const KEEPER = join(import.meta.dirname, 'test-server-keeper.ts');

test('every user of the test server gets the same one', async () => {
  const [one, other] = await Promise.all([useTestServer(), useTestServer()]);
  assert.equal(one.url, other.url);
  await Promise.all([one.release(), other.release()]);
});

test('the keeper stops the server when nobody uses it, not before, and there is one keeper only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'urr-keeper-'));
  await chmod(folder, 0o755);
  const stateFile = join(folder, 'test-postgres.json');
  const keeper = await spawnProcess(KEEPER, [stateFile, '300']);
  await waitUntil(() => existsSync(stateFile), { timeoutMs: 20_000 });
  const second = await spawnProcess(KEEPER, [stateFile, '300']);
  assert.equal((await second.exited).code, OTHER_KEEPER_EXIT_CODE);

  const { url } = JSON.parse(await readFile(stateFile, 'utf8')) as { url: string };
  const lease = new pg.Client({ connectionString: url });
  await lease.connect();
  await lease.query('SELECT pg_advisory_lock_shared($1)', [LEASE_LOCK]);
  await new Promise((resolve) => setTimeout(resolve, 800));
  assert.equal(existsSync(stateFile), true);
  await lease.end();

  assert.equal((await keeper.exited).code, 0);
  assert.equal(existsSync(stateFile), false);
  await rm(folder, { recursive: true });
});
