import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { startPostgres } from '@urr/platform/embedded-postgres/start-postgres.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import pg from 'pg';
import { runOnce } from './run-once.ts';

const script = path.join(import.meta.dirname, 'prepare-databases-process.ts');

test('data of another version is told of in two lines, with what to do', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'urr-prepare-'));
  await chmod(folder, 0o755);
  const server = await startPostgres({
    dataDirectory: path.join(folder, 'postgres'),
    port: await freePort(),
  });
  context.after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const prepare = () => runOnce(script, { POSTGRES_URL: server.url('DATABASE') });
  const { admin } = (await prepare()) as { admin?: { email: string } };
  assert.equal(admin?.email, 'admin@urr.local');
  assert.deepEqual(await prepare(), {}, 'a second time there is nothing to do');

  const client = new pg.Client({ connectionString: server.url('queue_db') });
  await client.connect();
  await client.query(`UPDATE schema_migrations SET checksum = 'another' WHERE name = '0004_enter_leave.sql'`);
  await client.end();
  await assert.rejects(prepare(), {
    message:
      'The data here was made by another version of URR (Migration 0004_enter_leave.sql changed after it was applied).\n' +
      'Begin anew with: npm start -- --reset',
  });
});
