import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

const SETTLE_MS = 50;

/** Thrown when a living process already runs the server on this data directory. */
export class AlreadyRunningError extends Error {
  readonly pid: number;
  constructor(dataDirectory: string, pid: number) {
    super(`The database in ${dataDirectory} is already run by process ${pid}. Stop that one first.`);
    this.pid = pid;
  }
}

/** Claims a data directory for this process until `release`; throws AlreadyRunningError when another has it. */
export async function claimOwnership(dataDirectory: string): Promise<{ release(): Promise<void> }> {
  const file = `${dataDirectory}.owner`;
  const self = JSON.stringify(identifyProcess(process.pid));
  const former = await readOwner(file);
  if (former !== undefined && isRunning(former)) throw new AlreadyRunningError(dataDirectory, former.pid);
  if (former !== undefined) await rm(file, { force: true });
  await writeFile(file, self, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // Two may find the same dead owner and the slower one remove the faster one's claim: the last claim written counts.
  if (former !== undefined) await sleep(SETTLE_MS);
  const owner = await readOwner(file);
  if (JSON.stringify(owner) !== self) throw new AlreadyRunningError(dataDirectory, owner?.pid ?? 0);
  return { release: () => rm(file, { force: true }) };
}

async function readOwner(file: string): Promise<ProcessIdentity | undefined> {
  const written = await readFile(file, 'utf8').catch(() => '');
  try {
    return JSON.parse(written) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
