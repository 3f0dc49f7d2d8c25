import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ServerAccount } from './account.ts';
import { programOf, type Engine } from './engine.ts';

const PASSWORD_FILE = 'urr-superuser-password';

/** The environment of the server's programs: none of the caller's PG* variables, messages in English. */
export const SERVER_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** Makes the data directory unless it is there, and answers the superuser's password kept in it. */
export async function initialiseOnce(
  engine: Engine,
  directory: string,
  account: ServerAccount,
  durable: boolean,
): Promise<string> {
  const entries = await readdir(directory).catch(absentIsEmpty);
  if (entries.length === 0) await initialise(engine, directory, account, durable);
  else if (!entries.includes('PG_VERSION'))
    throw new Error(`${directory} holds something other than a database. Move it away.`);
  await requireVersion(engine, directory);
  return (await readFile(join(directory, PASSWORD_FILE), 'utf8')).trim();
}

// Made beside its place and renamed: a start that was killed half-way leaves nothing that looks like a database.
async function initialise(
  engine: Engine,
  directory: string,
  account: ServerAccount,
  durable: boolean,
): Promise<void> {
  const staging = `${directory}.new`;
  const staged = join(staging, 'data');
  const passwordFile = join(staging, 'password');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await handOver([staging, passwordFile], account);
  await runInitdb(engine, initdbArguments(staged, passwordFile, durable), account);
  await rename(passwordFile, join(staged, PASSWORD_FILE));
  await rm(directory, { recursive: true, force: true });
  await rename(staged, directory);
  await rm(staging, { recursive: true, force: true });
}

// The built-in C.UTF-8 sorts the same under every C library, so no system upgrade can break an index.
function initdbArguments(directory: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${directory}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function runInitdb(engine: Engine, args: string[], account: ServerAccount): Promise<void> {
  const initdb = spawn(programOf(engine, 'initdb'), args, {
    ...account,
    cwd: account === undefined ? undefined : '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    initdb.once('error', reject).once('close', resolve),
  );
  const [status, complaint] = await Promise.all([ended, text(initdb.stderr)]);
  if (status !== 0) throw new Error(`The database could not be initialised: ${complaint.trim()}`);
}

async function handOver(paths: string[], account: ServerAccount): Promise<void> {
  if (account === undefined) return;
  for (const path of paths) await chown(path, account.uid, account.gid);
}

async function requireVersion(engine: Engine, directory: string): Promise<void> {
  const made = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  if (made === engine.majorVersion) return;
  throw new Error(
    `${directory} was made by PostgreSQL ${made}, and ${engine.majorVersion} is installed. ` +
      'Export it with the older version, or move it away to start empty.',
  );
}

function absentIsEmpty(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
