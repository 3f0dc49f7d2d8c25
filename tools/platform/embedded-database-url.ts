import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { portOffsetOf } from './port-offset.ts';
import { postgresPort } from './processes.ts';

const passwordFile = 'urr-superuser-password';
const defaultStateDirectory = path.join(import.meta.dirname, '../../.urr');

/**
 * Address of a database of the platform that `npm start` or `npm run cluster` runs here; `PORT_OFFSET` as there. Both
 * use the same port, so the one whose server runs is meant.
 */
export async function embeddedDatabaseUrl(
  database: string,
  portOffset?: string,
  stateDirectory: string = defaultStateDirectory,
): Promise<string> {
  const offset = portOffsetOf(portOffset);
  const folders = ['platform', 'cluster']
    .map((name) => path.join(stateDirectory, offset === 0 ? name : `${name}-${offset}`, 'postgres'))
    .filter((folder) => existsSync(path.join(folder, passwordFile)));
  const [first] = folders;
  if (first === undefined)
    throw new Error(`There is no platform here. Run npm start first, or set ${database.toUpperCase()}_URL.`);
  const password = await readFile(path.join(folders.find(isRunning) ?? first, passwordFile), 'utf8');
  const port = postgresPort + offset;
  return `postgresql://postgres:${password.trim()}@127.0.0.1:${port}/${database}`;
}

function isRunning(folder: string): boolean {
  try {
    const [pid] = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
