import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One running process. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly residentMegabytes: number;
  /** Program and arguments. */
  readonly command: string;
}

/** Every process below one, itself not included. */
export function descendantsOf(
  pid: number,
  all: readonly RunningProcess[] = runningProcesses(),
): RunningProcess[] {
  const children = all.filter((one) => one.parent === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, all)]);
}

/** Every process of this system: from /proc where there is one, else from ps. */
function runningProcesses(): RunningProcess[] {
  return process.platform === 'linux' ? readProc() : askPs();
}

function readProc(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), ...statusOf(status), command }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

// proc(5): PPid, and VmRSS in kB; kernel threads have none.
function statusOf(status: string): { parent: number; residentMegabytes: number } {
  const field = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { parent: field('PPid'), residentMegabytes: field('VmRSS') / 1024 };
}

function askPs(): RunningProcess[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,command='], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, kilobytes, command = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      residentMegabytes: Number(kilobytes) / 1024,
      command,
    }));
}
