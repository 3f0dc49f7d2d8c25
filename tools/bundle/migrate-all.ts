import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import { ensureDatabase } from '@urr/platform/embedded-postgres/ensure-database.ts';
import { migrate } from '@urr/platform/migrations.ts';

const services = path.join(import.meta.dirname, '../../services');

/** Makes and migrates the database of every service, each where its own variable says. Throws with all variables that are missing. */
export async function migrateAll(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const databases = databasesOf(environment);
  const missing = databases.filter(({ url }) => url === '').map(({ variable }) => variable);
  if (missing.length > 0) throw new Error(`${missing.join(', ')} must be set`);
  return Promise.all(
    databases.map(async ({ directory, url }) => {
      const database = decodeURIComponent(new URL(url).pathname.slice(1));
      await ensureDatabase({ url: (name) => sameServer(url, name) }, database);
      const applied = await migrate({ databaseUrl: url, directory });
      return `${database}: ${applied.length === 0 ? 'is up to date' : applied.join(', ')}`;
    }),
  );
}

function databasesOf(environment: Readonly<Record<string, string | undefined>>) {
  return Object.entries(topology).flatMap(([name, { database }]) => {
    if (database === null) return [];
    const variable = `${database.toUpperCase()}_URL`;
    const directory = path.join(services, name.replace(/-service$/, ''), 'migrations');
    return [{ variable, url: environment[variable] ?? '', directory }];
  });
}

function sameServer(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
