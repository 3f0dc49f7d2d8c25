import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { topology } from '@urr/contracts/topology.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import pg from 'pg';
import { type DescribedColumn, readTables } from './read-tables.ts';

const repository = path.join(import.meta.dirname, '../..');

const kinds: Readonly<Record<string, DescribedColumn['kind']>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'bytes',
  timestamptz: 'instant',
  json: 'json',
  jsonb: 'json',
};

const lineOf = ({ table, column, kind, mayBeNull }: DescribedColumn) =>
  `${table}.${column} ${kind}${mayBeNull ? ' or null' : ''}`;

async function columnsOf(url: string): Promise<DescribedColumn[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string; column: string; type: string; nullable: string }>(
      `SELECT table_name AS "table", column_name AS "column", udt_name AS type, is_nullable AS nullable
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations'`,
    );
    return rows.map(({ table, column, type, nullable }) => ({
      table,
      column,
      kind: type.startsWith('_') ? 'list' : (kinds[type] ?? 'text'),
      mayBeNull: nullable === 'YES',
    }));
  } finally {
    await client.end();
  }
}

const platformTables = readFileSync(
  path.join(repository, 'packages/platform/src/platform-tables.ts'),
  'utf8',
);

for (const [name, { database }] of Object.entries(topology)) {
  if (database === undefined || database === null) continue;
  const folder = `services/${name.replace('-service', '')}`;
  test(`tables.ts of ${name} describes every column that its migrations make, and no other`, async (context) => {
    const testDatabase = await createTestDatabase({
      migrations: path.join(repository, folder, 'migrations'),
    });
    context.after(() => testDatabase.drop());
    const own = readFileSync(path.join(repository, folder, 'src/tables.ts'), 'utf8');
    const described = new Set([...readTables(platformTables), ...readTables(own)].map(lineOf));
    const made = new Set((await columnsOf(testDatabase.url)).map(lineOf));
    assert.ok(made.size > 30);
    assert.deepEqual([...described.difference(made)], [], 'described and not there');
    assert.deepEqual([...made.difference(described)], [], 'there and not described');
  });
}

test('a column that is wrong, missing or too much would be found', () => {
  const source = `interface Text { ko: string }
export interface SeatsTable {
  /** Its place; counted from 0. */
  seat_id: number;
  held_until: OptionalInstant;
}
export interface TicketTables extends PlatformTables {
  seats: SeatsTable;
  pools: { name: Json<{ ko: string; en: string }>; sold: Generated<number>; state: 'open' | 'shut' | null };
}`;
  assert.deepEqual(readTables(source).map(lineOf), [
    'seats.seat_id number',
    'seats.held_until instant or null',
    'pools.name json',
    'pools.sold number',
    'pools.state text or null',
  ]);
});
