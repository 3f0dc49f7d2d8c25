import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { migrate, readMigrations } from '@urr/platform/migrations.ts';
import pg from 'pg';
import { useTestServer } from './test-server.ts';

/** A database of a test file's own; `drop` ends whatever is still connected to it. */
export type TestDatabase = { readonly url: string; drop(): Promise<void> };

const TEMPLATE_LOCK = 7_237_002;

/**
 * Makes an empty database with all migrations of a folder applied, as a copy of a template kept per migrations' content.
 * Call it once per test file and `drop` it afterwards.
 */
export async function createTestDatabase({
  migrations,
}: {
  migrations: URL | string;
}): Promise<TestDatabase> {
  const directory = migrations instanceof URL ? fileURLToPath(migrations) : migrations;
  const server = await useTestServer();
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const template = `template_${await hashMigrations(directory)}`;
  await administrate(server.url, async (admin) => {
    await ensureTemplate(admin, server.url, template, directory);
    // Measured: copying files is faster than logging every page, as the test server does not flush its checkpoints.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY = file_copy`);
  });
  const drop = async (): Promise<void> => {
    await administrate(server.url, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    await server.release();
  };
  return { url: urlOf(server.url, name), drop };
}

// A template is complete when it is marked as one; an unmarked one was left by a killed process.
async function ensureTemplate(
  admin: pg.Client,
  serverUrl: string,
  name: string,
  directory: string,
): Promise<void> {
  if (await isComplete(admin, name)) return;
  await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  if (!(await isComplete(admin, name))) {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
    await migrate({ databaseUrl: urlOf(serverUrl, name), directory });
    await admin.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  }
  await admin.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
}

async function isComplete(admin: pg.Client, name: string): Promise<boolean> {
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
  return found.rowCount === 1;
}

async function hashMigrations(directory: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, statements } of await readMigrations(directory)) hash.update(`${name}\0${statements}\0`);
  return hash.digest('hex').slice(0, 16);
}

async function administrate(url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  admin.on('error', () => {});
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
