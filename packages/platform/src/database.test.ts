import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import { useTestServer } from '@urr/testkit/test-server.ts';
import { sql } from 'kysely';
import { type Database, inTransaction, isDatabaseUnavailable, openDatabase } from './database.ts';
import { createLogger } from './logger.ts';
import type { PlatformTables } from './platform-tables.ts';
import { Secret } from './secret.ts';

const server = await useTestServer();
after(() => server.release());

test('a connection that breaks within a transaction tells of an unavailable database', async () => {
  const url = new Secret(server.url);
  const database = openDatabase<object>({ url, poolSize: 2, logger: createLogger('test', 'silent') });
  const broken = inTransaction(database.db, async (transaction) => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction);
    await sql`SELECT pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await sql`SELECT 1`.execute(transaction);
  });
  await assert.rejects(broken, (error) => isDatabaseUnavailable(error));
  await database.close();
});

test('a transaction that the server ended for its silence tells of an unavailable database', () => {
  const fault = new Error('terminating connection due to idle-in-transaction timeout');
  assert.ok(isDatabaseUnavailable(Object.assign(fault, { code: '25P03' })));
});

async function openPrepared(context: { after(close: () => Promise<unknown>): void }) {
  const server = await createTestDatabase({ migrations: new URL('../migrations', import.meta.url) });
  const database = openDatabase<PlatformTables>({
    url: new Secret(server.url),
    poolSize: 1,
    logger: createLogger('test', 'silent'),
  });
  context.after(async () => {
    await database.close();
    await server.drop();
  });
  return database;
}

async function preparedRuns(db: Database<PlatformTables>['db']) {
  const { rows } = await sql<{ statement: string; runs: number }>`
    SELECT statement, generic_plans + custom_plans AS runs FROM pg_prepared_statements`.execute(db);
  return rows.map(({ statement, runs }) => [statement.includes('consumed_events'), runs]);
}

test('a statement is prepared once for a connection, whatever values it is run with', async (context) => {
  const { db } = await openPrepared(context);
  const seen = (id: string) =>
    db.selectFrom('consumed_events').select('event_id').where('consumer', '=', id).execute();
  for (const id of ['a', 'b', 'c']) await seen(id);
  assert.deepEqual(await preparedRuns(db), [[true, 3]]);
});

test('so is one that is written by hand, whether a connection is asked or the pool', async (context) => {
  const { db, pool } = await openPrepared(context);
  const text = 'SELECT event_id FROM consumed_events WHERE consumer = $1';
  await pool.query(text, ['a']);
  await pool.query({ text, values: ['b'] });
  const client = await pool.connect();
  await client.query({ text, values: ['c'] });
  client.release();
  assert.deepEqual(await preparedRuns(db), [[true, 3]]);
});

test('what has a name of its own keeps it, and what has no values gets none', async (context) => {
  const { db, pool } = await openPrepared(context);
  await pool.query({ name: 'all', text: 'SELECT count(*) FROM consumed_events' });
  await pool.query('SELECT count(*) FROM dead_letters');
  const { rows } = await sql<{ name: string }>`SELECT name FROM pg_prepared_statements`.execute(db);
  assert.deepEqual(rows, [{ name: 'all' }]);
});

test('a column that is added under running connections makes no statement fail', async (context) => {
  const { db } = await openPrepared(context);
  const whole = () => db.selectFrom('consumed_events').selectAll().where('consumer', '=', 'a').execute();
  const named = () =>
    db.selectFrom('consumed_events').select('event_id').where('consumer', '=', 'a').execute();
  const inserted = () =>
    sql`INSERT INTO consumed_events VALUES (${'a'}, gen_random_uuid()) RETURNING *`.execute(db);
  const expanded = () =>
    sql`SELECT (d).* FROM (SELECT c AS d FROM consumed_events c WHERE consumer = ${'a'}) e`.execute(db);
  const distinct = () =>
    sql`SELECT DISTINCT * FROM public.consumed_events WHERE consumer = ${'a'}`.execute(db);
  // Here the columns that are answered are named, and it is prepared.
  const inSteps = () =>
    sql`WITH c AS (SELECT * FROM consumed_events WHERE consumer = ${'a'}) SELECT event_id FROM c`.execute(db);
  const statements = [inserted, whole, named, expanded, distinct, inSteps];
  for (const statement of statements) await statement();
  assert.deepEqual(await preparedRuns(db), [
    [true, 1],
    [true, 1],
  ]);
  await sql`ALTER TABLE consumed_events ADD COLUMN newer integer`.execute(db);
  for (const statement of statements) await statement();
  assert.equal((await whole()).length, 2);
});

test('lists of changing length do not fill a connection with statements', async (context) => {
  const { db } = await openPrepared(context);
  for (let length = 1; length <= 400; length += 1)
    await db
      .selectFrom('consumed_events')
      .select('event_id')
      .where(
        'consumer',
        'in',
        Array.from({ length }, (_, index) => String(index)),
      )
      .execute();
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM pg_prepared_statements`.execute(
    db,
  );
  assert.ok((rows[0]?.count ?? 0) <= 300, `${rows[0]?.count}`);
});
