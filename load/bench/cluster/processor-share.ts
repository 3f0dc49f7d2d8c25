import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Cleanup } from '../cleanup.ts';

const root = '/sys/fs/cgroup/cpu';
const periodMicroseconds = 100_000;

/** Gives a process a share of one core and no more, as a pod's limit does; throws where the system does not let us. */
export function limitProcessor(pid: number, share: number, cleanup: Cleanup): void {
  const group = path.join(root, `urr-bench-${pid}`);
  try {
    mkdirSync(group);
    writeFileSync(path.join(group, 'cpu.cfs_period_us'), String(periodMicroseconds));
    writeFileSync(path.join(group, 'cpu.cfs_quota_us'), String(Math.round(periodMicroseconds * share)));
    writeFileSync(path.join(group, 'cgroup.procs'), String(pid));
  } catch (cause) {
    throw new Error(`The processor's share of a process cannot be limited here (${root})`, { cause });
  }
  // The group goes when the process has ended; until then it is busy.
  cleanup.add(`the share of process ${pid}`, async () => {
    try {
      rmdirSync(group);
    } catch {
      // Nothing is left in it but a process that ends.
    }
  });
}
