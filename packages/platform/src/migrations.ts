import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

/** Where to migrate what. */
export interface MigrationOptions {
  readonly databaseUrl: string;
  /** Folder of `0001_name.sql` files; applied in name order, forward only. */
  readonly directory: string;
}

interface Migration {
  readonly name: string;
  readonly checksum: string;
  readonly statements: string;
}

// Any number, the same in every process: only one of them migrates a database at a time.
const migrationLock = 7_220_101;

/** Applies what is missing, each file in its own transaction, and returns the names applied. A changed old file is an error. */
export async function migrate(options: MigrationOptions): Promise<string[]> {
  const migrations = await readMigrations(options.directory);
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    return await applyMissing(client, migrations);
  } finally {
    await client.end();
  }
}

const platformDirectory = path.join(import.meta.dirname, '../migrations');

/** What a service's database is made by, in order: the tables every service has, then the service's own. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const platform = await readFolder(platformDirectory, 'platform/');
  return path.resolve(directory) === platformDirectory
    ? platform
    : [...platform, ...(await readFolder(directory, ''))];
}

async function readFolder(directory: string, prefix: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const statements = await readFile(path.join(directory, name), 'utf8');
      const checksum = createHash('sha256').update(statements).digest('hex');
      return { name: prefix + name, statements, checksum };
    }),
  );
}

/** The database was made by another version of a migration: it cannot be brought up to date. */
export class ChangedMigration extends Error {
  constructor(migration: string) {
    super(`Migration ${migration} changed after it was applied`);
    this.name = 'ChangedMigration';
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM schema_migrations',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const added: string[] = [];
  for (const migration of migrations) {
    const checksum = applied.get(migration.name);
    if (checksum === migration.checksum) continue;
    if (checksum !== undefined) throw new ChangedMigration(migration.name);
    await applyOne(client, migration);
    added.push(migration.name);
  }
  return added;
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.statements);
    await client.query('INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${migration.name} failed`, { cause: error });
  }
}
