import type { ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';

/** A program the supervisor keeps alive. */
export interface ProgramPlan {
  readonly name: string;
  /** Starts a process of it, with its output and complaints piped to us. */
  readonly launch: () => ChildProcess;
  /** Answers once the program serves; asked again and again after each start. */
  readonly isReady: () => Promise<boolean>;
}

/** A program that runs, is restarted when it dies, and is stopped once. */
export interface SupervisedProgram {
  readonly name: string;
  readonly logFile: string;
  /** Process id of the present incarnation. */
  pid(): number | undefined;
  /** Times it was started again. */
  restarts(): number;
  stop(): Promise<void>;
}

const readyDeadlineMs = 40_000;
const readyPollMs = 25;
const stopDeadlineMs = 20_000;
const restartDelaysMs = [100, 500, 2_000, 5_000];
// Whoever lived so long has come up: its end is an accident, not the next fall of a program that cannot start.
const steadyAfterMs = 1_500;

/**
 * Starts a program and resolves when it is ready; rejects with the end of its log when it dies first, and with the
 * signal's reason, the program ended, when that comes first.
 */
export async function supervise(
  plan: ProgramPlan,
  logDirectory: string,
  signal?: AbortSignal,
): Promise<SupervisedProgram> {
  const logFile = path.join(logDirectory, `${plan.name}.log`);
  const log = createWriteStream(logFile, { flags: 'a' });
  let child = start(plan, log);
  let restarts = 0;
  let shortLives = 0;
  let isStopping = false;
  let restartTimer: NodeJS.Timeout | undefined;

  const keepAlive = (running: ChildProcess) => {
    const startedAtMs = performance.now();
    running.once('exit', (code, signal) => {
      if (isStopping) return;
      shortLives = performance.now() - startedAtMs < steadyAfterMs ? shortLives + 1 : 0;
      const delay = restartDelayMs(shortLives);
      console.error(`${plan.name} ended (${signal ?? `code ${code}`}); starting it again, see ${logFile}`);
      restarts += 1;
      restartTimer = setTimeout(() => keepAlive((child = start(plan, log))), delay);
    });
  };

  await becomesReady(plan, child, logFile, signal);
  keepAlive(child);
  return {
    name: plan.name,
    logFile,
    pid: () => (child.exitCode === null && child.signalCode === null ? child.pid : undefined),
    restarts: () => restarts,
    stop: async () => {
      isStopping = true;
      clearTimeout(restartTimer);
      await end(child);
      log.end();
    },
  };
}

/** How long to wait before a program is started again, by how many of its lives in a row were short. Milliseconds. */
export function restartDelayMs(shortLives: number): number {
  return restartDelaysMs[Math.min(shortLives, restartDelaysMs.length - 1)] ?? 5_000;
}

function start(plan: ProgramPlan, log: WriteStream): ChildProcess {
  const child = plan.launch();
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return child;
}

async function becomesReady(
  plan: ProgramPlan,
  child: ChildProcess,
  logFile: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const output: Buffer[] = [];
  const keep = (chunk: Buffer) => void output.push(chunk);
  child.stderr?.on('data', keep);
  const deadline = performance.now() + readyDeadlineMs;
  while (!(await plan.isReady())) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `${plan.name} could not start:\n${Buffer.concat(output).toString().trim() || `see ${logFile}`}`,
      );
    }
    if (signal?.aborted === true) {
      await end(child);
      throw signal.reason;
    }
    if (performance.now() > deadline) {
      await end(child);
      throw new Error(`${plan.name} did not answer within ${readyDeadlineMs / 1000} s, see ${logFile}`);
    }
    await new Promise((resolve) => setTimeout(resolve, readyPollMs));
  }
  child.stderr?.off('data', keep);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
  await ended;
  clearTimeout(timer);
}
