import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { createLogger } from './logger.ts';
import type { PlatformTables } from './platform-tables.ts';
import { prunePlatformTables } from './prune-platform-tables.ts';
import { Secret } from './secret.ts';

const tables = ['outbox', 'consumed_events', 'dead_letters', 'idempotency_keys'] as const;
const never = new AbortController().signal;
let testDatabase: TestDatabase;
let database: Database<PlatformTables>;

// Every statement that deletes writes down how many rows it took.
const noteDeletes = `
  CREATE TABLE deletes (from_table text, removed integer);
  CREATE FUNCTION note_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO deletes SELECT TG_TABLE_NAME, count(*) FROM gone; RETURN NULL; END $$;
  ${tables
    .map(
      (table) => `CREATE TRIGGER note AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION note_delete();`,
    )
    .join('\n')}`;

before(async () => {
  testDatabase = await createTestDatabase({ migrations: new URL('../migrations', import.meta.url) });
  const url = new Secret(testDatabase.url);
  database = openDatabase({ url, poolSize: 2, logger: createLogger('test', 'silent') });
  await database.pool.query(noteDeletes);
});
beforeEach(() => database.pool.query(`TRUNCATE ${tables.join()}, deletes`));
after(async () => {
  await database.close();
  await testDatabase.drop();
});

const rows: Readonly<Record<(typeof tables)[number], string>> = {
  outbox: `INSERT INTO outbox (topic, type, subject, data, published_at)
    SELECT 't', 't', 's', '{}', now() - $2::interval FROM generate_series(1, $1) n`,
  consumed_events: `INSERT INTO consumed_events (consumer, event_id, consumed_at)
    SELECT 'c', gen_random_uuid(), now() - $2::interval FROM generate_series(1, $1) n`,
  dead_letters: `INSERT INTO dead_letters (consumer, event_id, topic, envelope, fault, replayed_at)
    SELECT 'c', gen_random_uuid(), 't', '{}', 'f', now() - $2::interval FROM generate_series(1, $1) n`,
  idempotency_keys: `INSERT INTO idempotency_keys (caller, key, route, fingerprint, claimed_until, created_at)
    SELECT 'c', gen_random_uuid(), 'r', 'f', now(), now() - $2::interval FROM generate_series(1, $1) n`,
};

async function fill(count: number, age: Readonly<Record<(typeof tables)[number], string | null>>) {
  for (const table of tables) await database.pool.query(rows[table], [count, age[table]]);
}

const old = {
  outbox: '7 days 1 minute',
  consumed_events: '30 days 1 minute',
  dead_letters: '30 days 1 minute',
  idempotency_keys: '24 hours 1 minute',
};
const recent = {
  outbox: '6 days 23 hours',
  consumed_events: '29 days',
  dead_letters: '29 days',
  idempotency_keys: '23 hours',
};

async function kept(): Promise<Record<string, number>> {
  const counted = await Promise.all(
    tables.map(async (table) => {
      const { rows: answer } = await database.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table}`,
      );
      return [table, answer[0]?.n ?? 0] as const;
    }),
  );
  return Object.fromEntries(counted);
}

test('what nobody needs any more goes, however much there is, in statements of bounded size; all else stays', async () => {
  await fill(2_500, old);
  await fill(3, recent);
  // Neither published nor replayed: it stays, however old.
  await database.pool.query(
    `INSERT INTO outbox (topic, type, subject, data, occurred_at) VALUES ('t', 't', 's', '{}', now() - interval '1 year')`,
  );
  await database.pool.query(
    `INSERT INTO dead_letters (consumer, event_id, topic, envelope, fault, failed_at)
     VALUES ('c', gen_random_uuid(), 't', '{}', 'f', now() - interval '1 year')`,
  );
  await prunePlatformTables(database.db, never);
  assert.deepEqual(await kept(), { outbox: 4, consumed_events: 3, dead_letters: 4, idempotency_keys: 3 });
  const { rows: deletes } = await database.pool.query<{ most: number; removed: number }>(
    'SELECT max(removed) AS most, sum(removed)::int AS removed FROM deletes GROUP BY from_table',
  );
  assert.deepEqual(deletes, Array(4).fill({ most: 1_000, removed: 2_500 }));
});

test('looking for what is old does not read tables of what is not', async () => {
  await fill(30_000, recent);
  await database.pool.query(`ANALYZE ${tables.join()}`);
  const before = await rowsRead();
  await prunePlatformTables(database.db, never);
  const read = (await rowsRead()) - before;
  // The oldest thousand of the outbox.
  assert.ok(read <= 2_500, `${read} rows read`);
});

async function rowsRead(): Promise<number> {
  const client = await database.pool.connect();
  const other = await database.pool.connect();
  try {
    for (const one of [client, other]) await one.query('SELECT pg_stat_force_next_flush()');
    const { rows: answer } = await client.query<{ n: number }>(
      `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS n FROM pg_stat_user_tables WHERE relname = ANY($1)`,
      [tables],
    );
    return answer[0]?.n ?? 0;
  } finally {
    client.release();
    other.release();
  }
}

test('a process that stops does not wait until all is gone', async () => {
  await fill(2_500, old);
  const stopped = AbortSignal.abort();
  await prunePlatformTables(database.db, stopped);
  const { rows: deletes } = await database.pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM deletes',
  );
  assert.equal(deletes[0]?.n, 0);
});
