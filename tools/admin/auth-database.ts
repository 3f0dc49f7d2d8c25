import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import { postgresPort } from '../platform/processes.ts';

/** Address of auth_db: `AUTH_DB_URL`, else the embedded platform's. */
export async function authDatabaseUrl(
  environment: Readonly<Record<string, string | undefined>>,
  stateDirectory: string = path.join(import.meta.dirname, '../../.urr'),
): Promise<string> {
  const { AUTH_DB_URL: given, PORT_OFFSET: offset = '0' } = environment;
  if (given !== undefined && given !== '') return given;
  const folder = path.join(stateDirectory, offset === '0' ? 'platform' : `platform-${offset}`);
  const password = await readFile(path.join(folder, 'postgres/urr-superuser-password'), 'utf8').catch(
    (cause: unknown) => {
      throw new Error('There is no platform here. Run npm start first, or set AUTH_DB_URL.', { cause });
    },
  );
  const port = postgresPort + Number(offset);
  return `postgresql://postgres:${password.trim()}@127.0.0.1:${port}/${topology['auth-service'].database}`;
}
