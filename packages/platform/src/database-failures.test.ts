import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import { openSlowLink, type SlowLink } from '@urr/testkit/slow-link.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { sql } from 'kysely';
import { type Database, inTransaction, isDatabaseUnavailable, openDatabase } from './database.ts';
import { createLogger } from './logger.ts';
import type { PlatformTables } from './platform-tables.ts';
import { Secret } from './secret.ts';

const logger = createLogger('test', 'silent');
let server: TestDatabase;
let link: SlowLink;
let database: Database<PlatformTables>;

beforeEach(async () => {
  server = await createTestDatabase({ migrations: new URL('../migrations', import.meta.url) });
  link = await openSlowLink(Number(new URL(server.url).port));
  database = open(link.through(server.url));
  await read();
});
afterEach(async () => {
  await link.stop();
  await database.close();
  await server.drop();
});

// One connection: whoever comes next gets the one that failed, if it is still there.
function open(url: string) {
  return openDatabase<PlatformTables>({ url: new Secret(url), poolSize: 1, logger, statementTimeoutMs: 100 });
}

const read = () => sql`SELECT 1`.execute(database.db);
const write = () => sql`INSERT INTO consumed_events VALUES ('test', gen_random_uuid())`.execute(database.db);

async function unavailable(work: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await assert.rejects(work, (error) => isDatabaseUnavailable(error) || assert.fail(String(error)));
  return performance.now() - startedAt;
}

test('while PostgreSQL takes nobody a query fails at once, and the next one after its return succeeds', async () => {
  await link.refuse();
  await waitUntil(() =>
    read().then(
      () => false,
      (error) => isDatabaseUnavailable(error),
    ),
  );
  for (let time = 0; time < 20; time += 1) assert.ok((await unavailable(read())) < 500);
  await link.forward();
  await read();
});

test('a name that leads nowhere while the server moves is an unavailable database, not a defect', async () => {
  const lost = open('postgresql://somebody@no-such-host.invalid/none');
  await unavailable(sql`SELECT 1`.execute(lost.db));
  await lost.close();
});

test('a statement that takes too long is ended by the server, and its connection goes on', async () => {
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(database.db);
  assert.ok((await unavailable(sql`SELECT pg_sleep(5)`.execute(database.db))) < 2_000);
  const after = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(database.db);
  assert.deepEqual(after.rows, rows);
});

test('a far server is slow and nothing worse', async () => {
  link.delay(30);
  await inTransaction(database.db, async (transaction) => void (await sql`SELECT 1`.execute(transaction)));
});

test('a server that falls silent costs a query its time limit, and waiters for a connection five seconds', async () => {
  link.stall();
  const [first, second] = await Promise.all([unavailable(read()), unavailable(read())]);
  assert.ok(first >= 2_000 && first < 4_000, `${first} ms`);
  assert.ok(second < 8_000, `${second} ms`);
  await link.forward();
  await read();
});

test('the connection to a server that vanished is left after one query, and its successor asked', async () => {
  for (const work of [read, () => inTransaction(database.db, (one) => sql`SELECT 1`.execute(one))]) {
    link.strand();
    assert.ok((await unavailable(work())) < 4_000);
    await work();
  }
});

test('a primary that may only read since a failover is left, and what could not be written is to be asked again', async () => {
  await sql`SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY`.execute(database.db);
  assert.ok((await unavailable(write())) < 1_000);
  await write();
});

test('a server without room on its disk or for a connection is unavailable; a rule that was broken is not', () => {
  const fault = (code: string) => Object.assign(new Error(code), { code });
  for (const code of ['08006', '28P01', '53100', '53200', '53300', '55000', '57P03'])
    assert.ok(isDatabaseUnavailable(fault(code)), code);
  for (const code of ['23505', '42P01', '22021']) assert.ok(!isDatabaseUnavailable(fault(code)), code);
});
