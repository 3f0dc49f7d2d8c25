import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { useTestServer } from '@urr/testkit/test-server.ts';
import { sql } from 'kysely';
import { inTransaction, isDatabaseUnavailable, openDatabase } from './database.ts';
import { createLogger } from './logger.ts';
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
