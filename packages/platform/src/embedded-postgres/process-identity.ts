import { readFileSync } from 'node:fs';

/** A process told apart from a later one with the same number: the kernel's start time, where it is to be had. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string };

/** Identifies a running process; `undefined` when there is none with this number. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!isAlive(pid)) return undefined;
  return { pid, startedAt: kernelStartTime(pid) };
}

/** True while this very process runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** True while a process with this number runs, whichever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // Ended but not waited for: in a container whose first process does not do that, it stays so for ever.
  return kernelFields(pid)[0] !== 'Z';
}

// Field 22 of proc(5) stat, in clock ticks since boot.
function kernelStartTime(pid: number): string {
  return kernelFields(pid)[19] ?? '';
}

// The fields from the third on, counted from the bracket that ends the second, which may hold spaces.
function kernelFields(pid: number): string[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
