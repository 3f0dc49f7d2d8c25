import { topology } from '@urr/contracts/topology.ts';
import type { Environment } from '@urr/platform/config.ts';
import { embeddedDatabaseUrl } from '../platform/embedded-database-url.ts';

/** A service's database and where it is. */
export interface ServiceDatabase {
  readonly database: string;
  readonly url: string;
}

/** The databases to look into: those named by `*_DB_URL`, else the embedded platform's. */
export async function serviceDatabases(
  environment: Environment,
  stateDirectory?: string,
): Promise<ServiceDatabase[]> {
  const databases = Object.values(topology).flatMap(({ database }) => (database === null ? [] : [database]));
  const given = databases.flatMap((database) => {
    const url = environment[`${database.toUpperCase()}_URL`];
    return url === undefined || url === '' ? [] : [{ database, url }];
  });
  if (given.length > 0) return given;
  const { PORT_OFFSET: offset } = environment;
  return Promise.all(
    databases.map(async (database) => ({
      database,
      url: await embeddedDatabaseUrl(database, offset, stateDirectory),
    })),
  );
}
