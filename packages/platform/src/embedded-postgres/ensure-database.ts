import pg from 'pg';
import type { PostgresServer } from './start-postgres.ts';

const DUPLICATE_DATABASE = '42P04';

/** Makes the database unless it is there. */
export async function ensureDatabase(server: Pick<PostgresServer, 'url'>, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== DUPLICATE_DATABASE) throw error;
  } finally {
    await client.end();
  }
}
