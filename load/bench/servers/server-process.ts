import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A server to start in a process of its own; it says 'ready' to its parent and ends when that is gone. */
export interface ServerPlan {
  readonly name: string;
  readonly script: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logDirectory: string;
  /** Folder for a CPU profile. */
  readonly profileDirectory?: string | undefined;
}

/** A running server of the bench. */
export interface ServerProcess {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Rejects when the server ends before it is stopped; never resolves. */
  readonly crashed: Promise<never>;
  /** The end of what it has written. */
  lastWords(): string;
  /** Processor time it has used; undefined where the system does not tell. */
  processorSeconds(): number | undefined;
  /** Takes the processor away from it, so that it costs nothing while another is measured. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const readyDeadlineMs = 20_000;
const stopDeadlineMs = 20_000;
const logTail = 1_000;

/** Starts a server and resolves when it is ready; rejects with the end of its log when it is not. */
export async function startServer(plan: ServerPlan): Promise<ServerProcess> {
  mkdirSync(plan.logDirectory, { recursive: true });
  const logFile = path.join(plan.logDirectory, `${plan.name}.log`);
  const child = start(plan, logFile);
  const lastWords = () => readFileSync(logFile, 'utf8').slice(-logTail).trim();
  let isStopping = false;
  const crashed = (once(child, 'exit') as Promise<[number | null, string | null]>).then(
    ([code, signal]): Promise<never> => {
      if (isStopping) return new Promise<never>(() => {});
      const end = readFileSync(logFile, 'utf8').slice(-logTail).trim();
      throw new Error(`${plan.name} ended by itself (${signal ?? `code ${code}`}): ${end}`);
    },
  );
  crashed.catch(() => {});
  const stop = async () => {
    isStopping = true;
    await end(child);
  };
  try {
    await Promise.race([readiness(child, plan.name), crashed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: plan.name,
    port: plan.port,
    url: `http://127.0.0.1:${plan.port}`,
    pid: child.pid ?? 0,
    crashed,
    lastWords,
    processorSeconds: () => processorSecondsOf(child.pid ?? 0),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop,
  };
}

function start(plan: ServerPlan, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a');
  const { profileDirectory: folder } = plan;
  const child = fork(plan.script, {
    env: { PATH: process.env['PATH'] ?? '', ...plan.environment, PORT: String(plan.port) },
    execArgv:
      folder === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${plan.name}.cpuprofile`],
    stdio: ['ignore', log, log, 'ipc'],
    // Ctrl-C reaches the bench alone, which then stops its servers in order.
    detached: true,
  });
  closeSync(log);
  return child;
}

async function readiness(child: ChildProcess, name: string): Promise<void> {
  const timer = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`${name} was not ready within 20 s`)), readyDeadlineMs).unref();
  });
  await Promise.race([once(child, 'message'), timer]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
  await ended;
  clearTimeout(timer);
}

const ticksPerSecond = 100;

// proc(5) stat: the name in brackets may hold blanks; utime and stime are the fields 14 and 15, in clock ticks.
function processorSecondsOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return undefined;
  }
}
