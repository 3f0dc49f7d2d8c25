import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let migrations: string;

before(async () => {
  migrations = await mkdtemp(join(tmpdir(), 'urr-migrations-'));
  await writeFile(join(migrations, '0001_seats.sql'), 'CREATE TABLE seats (id text PRIMARY KEY);');
  await writeFile(join(migrations, '0002_first.sql'), `INSERT INTO seats VALUES ('A1');`);
});

after(() => rm(migrations, { recursive: true }));

async function query(database: TestDatabase, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

test('a test database has the migrations applied in name order', async () => {
  const database = await createTestDatabase({ migrations });
  assert.equal((await query(database, 'SELECT FROM seats')).rowCount, 1);
  await database.drop();
});

test('what one test file writes no other sees', async () => {
  const [one, other] = await Promise.all([
    createTestDatabase({ migrations }),
    createTestDatabase({ migrations }),
  ]);
  await query(one, `INSERT INTO seats VALUES ('B2')`);
  assert.equal((await query(other, 'SELECT FROM seats')).rowCount, 1);
  await Promise.all([one.drop(), other.drop()]);
});

test('many test files at once share one template', async () => {
  await writeFile(
    join(migrations, '0003_more.sql'),
    `INSERT INTO seats VALUES ('${process.hrtime.bigint()}');`,
  );
  const databases = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase({ migrations })));
  for (const database of databases) assert.equal((await query(database, 'SELECT FROM seats')).rowCount, 2);
  await Promise.all(databases.map((database) => database.drop()));
});

test('a dropped database is gone although something is still connected to it', async () => {
  const database = await createTestDatabase({ migrations });
  const forgotten = new pg.Client({ connectionString: database.url });
  forgotten.on('error', () => {});
  await forgotten.connect();
  await database.drop();
  await assert.rejects(query(database, 'SELECT 1'));
});

test('a migration that fails is reported, and works when it is mended', async () => {
  const broken = join(migrations, '0004_broken.sql');
  await writeFile(broken, 'CREATE TABLEAU seats;');
  await assert.rejects(createTestDatabase({ migrations }), /0004_broken/);
  await rm(broken);
  await (await createTestDatabase({ migrations })).drop();
});
