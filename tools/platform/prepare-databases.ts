import path from 'node:path';
import { ensureAdmin } from '@urr/auth-service/accounts/ensure-admin.ts';
import { topology } from '@urr/contracts/topology.ts';
import { ensureDatabase } from '@urr/platform/embedded-postgres/ensure-database.ts';
import { migrate } from '@urr/platform/migrations.ts';

const repository = path.join(import.meta.dirname, '../..');

/** The first admin of a new platform; nothing when there is one already. */
export type FirstAdmin = { readonly email: string; readonly oneTimePassword: string } | undefined;

/** Makes and migrates every database of the platform, and the first admin. `url` names a database on the server. */
export async function prepareDatabases(url: (database: string) => string): Promise<FirstAdmin> {
  await Promise.all(
    Object.entries(topology).map(async ([name, workload]) => {
      if (workload.database === null) return;
      await ensureDatabase({ url }, workload.database);
      const folder = path.join(repository, 'services', name.replace(/-service$/, ''), 'migrations');
      await migrate({ databaseUrl: url(workload.database), directory: folder });
    }),
  );
  return ensureAdmin(url('auth_db'));
}
