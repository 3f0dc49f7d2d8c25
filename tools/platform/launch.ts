import { type ChildProcess, fork, spawn } from 'node:child_process';
import path from 'node:path';

/** A script of this repository and how it is run. */
export interface NodeProgram {
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Options of Node.js instead of the usual ones. */
  readonly nodeOptions?: readonly string[];
}

/** Any other program. */
export interface NativeProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory: string;
}

// glibc keeps an arena per thread and what big blocks leave behind (a password hash takes 19 MiB) unless told otherwise.
// Compiled code is kept, so that a process neither loads the type stripper nor compiles again.
const leanMemory = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
  NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../../.urr/compiled'),
};

// Growing by half between two collections instead of doubling: what the import of the demo halls leaves behind goes at once.
const usualNode = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

const endWithParent = new URL('./end-with-parent.ts', import.meta.url).href;

/** Starts a script. It ends by itself when this process is gone, because its channel to us closes. */
export function launchNode(program: NodeProgram): ChildProcess {
  return fork(program.script, [...(program.args ?? [])], {
    env: { ...leanMemory, PATH: process.env['PATH'] ?? '', ...program.environment },
    execArgv: [...(program.nodeOptions ?? usualNode), '--import', endWithParent],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A new process group keeps the terminal's Ctrl-C from reaching programs before the supervisor stops them in order.
    detached: true,
  });
}

/** Starts a program that knows nothing of us. On Linux the kernel ends it when this process is gone. */
export function launchNative({ file, args, environment = {}, directory }: NativeProgram): ChildProcess {
  const isLinux = process.platform === 'linux';
  const words = isLinux ? ['--pdeathsig', 'KILL', '--', file, ...args] : args;
  return spawn(isLinux ? 'setpriv' : file, [...words], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}
