import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { portOffsetOf } from './port-offset.ts';
import { postgresPort } from './processes.ts';

const defaultStateDirectory = path.join(import.meta.dirname, '../../.urr');

/** Address of a database of the platform that `npm start` runs here; `PORT_OFFSET` as there. */
export async function embeddedDatabaseUrl(
  database: string,
  portOffset?: string,
  stateDirectory: string = defaultStateDirectory,
): Promise<string> {
  const offset = portOffsetOf(portOffset);
  const folder = path.join(stateDirectory, offset === 0 ? 'platform' : `platform-${offset}`);
  const password = await readFile(path.join(folder, 'postgres/urr-superuser-password'), 'utf8').catch(
    (cause: unknown) => {
      const variable = `${database.toUpperCase()}_URL`;
      throw new Error(`There is no platform here. Run npm start first, or set ${variable}.`, { cause });
    },
  );
  const port = postgresPort + offset;
  return `postgresql://postgres:${password.trim()}@127.0.0.1:${port}/${database}`;
}
