import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from './wait-until.ts';

const LAST_OUTPUT_MS = 50;

/** How a process ended: exactly one of the two is not null. */
export type ProcessEnd = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A child process under test; `output` is all it has written so far, both streams in order of arrival. */
export type SpawnedProcess = {
  readonly pid: number;
  readonly exited: Promise<ProcessEnd>;
  output(): string;
  /** Resolves when the output contains the text; throws at once when the process ends without. */
  waitForOutput(text: string, options?: { timeoutMs?: number }): Promise<void>;
  /** Sends a signal, SIGKILL unless another is named, and resolves when the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<ProcessEnd>;
};

/** Starts a program; `env` is added to the caller's. A `.ts` file is run by this very Node.js. */
export async function spawnProcess(
  program: string,
  args: readonly string[] = [],
  options: { cwd?: string; env?: Readonly<Record<string, string>>; uid?: number; gid?: number } = {},
): Promise<SpawnedProcess> {
  const isScript = program.endsWith('.ts');
  const { NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  const child = spawn(isScript ? process.execPath : program, isScript ? [program, ...args] : args, {
    ...options,
    env: { ...inherited, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (written += text));
  // 'exit', not 'close': a grandchild may hold the pipes open.
  const exited = new Promise<ProcessEnd>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return {
    pid: child.pid ?? 0,
    exited,
    output: () => written,
    waitForOutput: (text, waiting) => waitForOutput(text, waiting, () => written, child),
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return exited;
    },
  };
}

async function waitForOutput(
  text: string,
  waiting: { timeoutMs?: number } | undefined,
  output: () => string,
  child: { readonly exitCode: number | null; readonly signalCode: NodeJS.Signals | null },
): Promise<void> {
  const found = async (): Promise<boolean> => {
    const ended = child.exitCode !== null || child.signalCode !== null;
    // What was written just before the end may arrive just after it.
    if (ended) await sleep(LAST_OUTPUT_MS);
    if (output().includes(text)) return true;
    if (ended) throw new Error(`The process ended without writing "${text}": ${output()}`);
    return false;
  };
  await waitUntil(found, { ...waiting, what: `"${text}" in the output` });
}
