import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { embeddedDatabaseUrl } from './embedded-database-url.ts';

test('of a platform and a cluster with the same ports the one that runs is meant', async (context) => {
  const state = await mkdtemp(path.join(tmpdir(), 'urr-state-'));
  context.after(() => rm(state, { recursive: true }));
  await assert.rejects(
    embeddedDatabaseUrl('auth_db', '40', state),
    /Run npm start first, or set AUTH_DB_URL/,
  );
  for (const name of ['platform', 'cluster']) {
    await mkdir(path.join(state, `${name}-40`, 'postgres'), { recursive: true });
    await writeFile(path.join(state, `${name}-40`, 'postgres/urr-superuser-password'), `${name}-secret\n`);
  }
  const password = async () => new URL(await embeddedDatabaseUrl('auth_db', '40', state)).password;
  assert.equal(await password(), 'platform-secret');
  await writeFile(path.join(state, 'cluster-40/postgres/postmaster.pid'), `${process.pid}\n/data\n`);
  assert.equal(await password(), 'cluster-secret');
});
