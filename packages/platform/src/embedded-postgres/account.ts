import { spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The operating-system account the server's processes run under; `undefined` means the caller's own. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | undefined;

const OWN_ACCOUNT = 'urr-postgres';
// Where no account can be made (read-only /etc, macOS), one that is there already serves.
const SPARE_ACCOUNTS = ['postgres', '_postgres', 'nobody'];

/** Chooses the account: PostgreSQL refuses to run as root, so root hands over to an unprivileged one. */
export async function chooseServerAccount(dataDirectory: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return undefined;
  return (await ownerOf(dataDirectory)) ?? (await findAccount(OWN_ACCOUNT)) ?? (await makeAccount());
}

/** True when the account may enter the folder and run what is in it. */
export function canEnter(directory: string, account: ServerAccount): boolean {
  if (account === undefined) return true;
  const entered = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...account, cwd: '/' });
  return entered.status === 0;
}

// A folder first used without root stays usable with it (sudo), and the other way round nothing changes hands.
async function ownerOf(dataDirectory: string): Promise<ServerAccount> {
  const owner = await stat(join(dataDirectory, 'PG_VERSION')).catch(() => undefined);
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid };
}

async function makeAccount(): Promise<ServerAccount> {
  const made = spawnSync(
    'useradd',
    [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      OWN_ACCOUNT,
    ],
    { encoding: 'utf8' },
  );
  for (const name of [OWN_ACCOUNT, ...SPARE_ACCOUNTS]) {
    const account = await findAccount(name);
    if (account !== undefined) return account;
  }
  throw new Error(
    `PostgreSQL does not run as root, and the account "${OWN_ACCOUNT}" could not be made ` +
      `(${(made.stderr ?? made.error?.message ?? '').trim()}). Run as another user, or make that account first.`,
  );
}

async function findAccount(name: string): Promise<ServerAccount> {
  const accounts = await readFile('/etc/passwd', 'utf8');
  const fields = accounts
    .split('\n')
    .map((line) => line.split(':'))
    .find(([account]) => account === name);
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) };
}
