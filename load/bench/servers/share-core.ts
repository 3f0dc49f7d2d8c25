import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { ServerProcess } from './server-process.ts';

/**
 * Keeps servers that are measured in turn on one core, the last: of two cores of a virtual machine one may be slower for
 * minutes, and a server stays where it was put first. Does nothing where the system cannot.
 */
export function shareCore(servers: readonly ServerProcess[]): void {
  if (process.platform !== 'linux' || availableParallelism() < 2) return;
  const core = String(availableParallelism() - 1);
  for (const { pid } of servers) {
    try {
      execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', core, String(pid)], { stdio: 'ignore' });
    } catch {
      // taskset is missing or forbidden: the comparison is as good as the machine is even.
    }
  }
}
