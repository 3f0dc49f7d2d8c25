import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { canEnter, type ServerAccount } from './account.ts';

// /var/tmp outlives a reboot, the temporary folder may not: it comes last.
const ROOT_OWNED_HOMES = ['/var/lib/urr', '/var/tmp/urr', join(tmpdir(), 'urr')];

/**
 * Answers where the data lives: the folder asked for or, when the server's account cannot enter it (a clone below
 * a closed home), one that root keeps; a link at the folder asked for then leads there. Throws on an unusable folder.
 */
export async function placeData(requested: string, account: ServerAccount): Promise<string> {
  const asked = resolve(requested);
  await makeEnterable(dirname(asked));
  const present = await lstat(asked).catch(() => undefined);
  if (present?.isSymbolicLink()) return followLink(asked);
  if (canEnter(dirname(asked), account)) return asked;
  if (present !== undefined) throw new Error(closedFolder(asked));
  return placeElsewhere(asked);
}

/** The first folder that only root can change and anyone can enter, made when missing; throws when there is none. */
export async function rootOwnedHome(): Promise<string> {
  for (const home of ROOT_OWNED_HOMES) {
    await mkdir(home, { mode: 0o755 }).catch(() => undefined);
    const made = await lstat(home).catch(() => undefined);
    // Anyone may have made the folder below a temporary one: it counts only when root made it.
    if (made?.isDirectory() === true && made.uid === 0 && (made.mode & 0o022) === 0) {
      await chmod(home, 0o755);
      return home;
    }
  }
  throw new Error(`None of ${ROOT_OWNED_HOMES.join(', ')} can be made to hold the database's files.`);
}

// Only folders made here are opened, and only to pass through.
async function makeEnterable(directory: string): Promise<void> {
  const topmost = await mkdir(directory, { recursive: true });
  if (topmost === undefined) return;
  for (let made = directory; made.length >= topmost.length; made = dirname(made)) await chmod(made, 0o711);
}

async function followLink(link: string): Promise<string> {
  return realpath(link).catch(() => {
    throw new Error(`${link} leads to a folder that is gone. Restore it, or remove the link to start empty.`);
  });
}

// A removed link means a fresh start was wanted; what it led to is kept once, in case it was not.
async function placeElsewhere(asked: string): Promise<string> {
  const place = join(await rootOwnedHome(), `${basename(asked)}-${pathKey(asked)}`);
  const former = await stat(place).catch(() => undefined);
  if (former !== undefined) {
    await rm(`${place}.replaced`, { recursive: true, force: true });
    await rename(place, `${place}.replaced`);
  }
  await mkdir(place, { mode: 0o700 });
  await symlink(place, asked);
  return place;
}

function pathKey(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

function closedFolder(path: string): string {
  return (
    `The database's account cannot enter ${dirname(path)}, where the data already is. ` +
    'Open the folders above it (chmod o+x), or start it as the user who did before.'
  );
}
