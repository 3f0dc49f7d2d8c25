import path from 'node:path';
import { ensureDatabase } from '@urr/platform/embedded-postgres/ensure-database.ts';
import { migrate } from '@urr/platform/migrations.ts';
import pg from 'pg';
import { repository, type Stage } from './stage.ts';

/** A database of the bench: where it is, and a connection for setting its rows. */
export interface BenchDatabase {
  readonly name: string;
  readonly url: string;
  readonly client: pg.Client;
}

/** Makes and migrates a database as one service has it. */
export async function makeDatabase(
  stage: Stage,
  name: string,
  service: 'queue' | 'ticket',
): Promise<BenchDatabase> {
  const server = await stage.postgres();
  await ensureDatabase(server, name);
  const directory = path.join(repository, 'services', service, 'migrations');
  await migrate({ databaseUrl: server.url(name), directory });
  return connect(stage, name);
}

/** Copies a database that nobody else is connected to. */
export async function copyDatabase(stage: Stage, from: BenchDatabase, name: string): Promise<BenchDatabase> {
  const server = await stage.postgres();
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${from.name}`);
  } finally {
    await client.end();
  }
  return connect(stage, name);
}

/** Opens the bench's own connection to a database. */
export async function connect(stage: Stage, name: string): Promise<BenchDatabase> {
  const server = await stage.postgres();
  const url = server.url(name);
  const client = new pg.Client({ connectionString: url });
  // A connection that breaks shows in the next statement.
  client.on('error', () => {});
  await client.connect();
  stage.cleanup.add(`the connection to ${name}`, () => client.end());
  return { name, url, client };
}
