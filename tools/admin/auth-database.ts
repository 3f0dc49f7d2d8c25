import { topology } from '@urr/contracts/topology.ts';
import { embeddedDatabaseUrl } from '../platform/embedded-database-url.ts';

/** Address of auth_db: `AUTH_DB_URL`, else the embedded platform's. */
export async function authDatabaseUrl(
  environment: Readonly<Record<string, string | undefined>>,
  stateDirectory?: string,
): Promise<string> {
  const { AUTH_DB_URL: given, PORT_OFFSET: offset } = environment;
  if (given !== undefined && given !== '') return given;
  return embeddedDatabaseUrl(String(topology['auth-service'].database), offset, stateDirectory);
}
