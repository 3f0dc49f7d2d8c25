import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerAccount } from './account.ts';
import { programOf, type Engine } from './engine.ts';
import { SERVER_ENVIRONMENT } from './initialise.ts';
import { isAlive } from './process-identity.ts';

const POLL_MS = 15;
// Recovery after a crash replays at most max_wal_size; a slow disk may need minutes for it.
const START_TIMEOUT_MS = 300_000;
const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 5_000;
const LOG_LIMIT_BYTES = 10_000_000;
const IMPOSSIBLE_PID = 2_147_483_646;

/** What to run the server with; `settings` are server parameters by name. */
export type Launch = {
  readonly engine: Engine;
  readonly directory: string;
  readonly account: ServerAccount;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly logFile: string;
};

/** Starts the server process and resolves when it accepts connections; throws with the log's end when it does not. */
export async function launchPostmaster(launch: Launch): Promise<ChildProcess> {
  const logged = await rotateLog(launch.logFile);
  const log = await open(launch.logFile, 'a', 0o600);
  // Its own session: Ctrl-C reaches the whole foreground group and would close the database before the services drain.
  const postmaster = spawn(programOf(launch.engine, 'postgres'), serverArguments(launch), {
    ...launch.account,
    cwd: launch.account === undefined ? undefined : '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', log.fd, log.fd],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  await new Promise((resolve, reject) => postmaster.once('spawn', resolve).once('error', reject));
  await log.close();
  await waitUntilReady(postmaster, launch, logged);
  return postmaster;
}

/** Stops a server that outlived the program that started it, and clears a pid file that would block the next one. */
export async function stopLeftover(engine: Engine, directory: string): Promise<void> {
  const { pid } = await readPidFile(directory);
  if (pid === undefined || !isAlive(pid)) return;
  if (await isPostmasterOf(pid, directory)) await stopPostmaster(engine, directory, pid);
  else await disownPid(directory);
}

/** Stops the server: fast shutdown first, then harsher; what was committed is safe with each. */
export async function stopPostmaster(engine: Engine, directory: string, pid: number): Promise<void> {
  interrupt(engine, directory, pid);
  if (await isGoneWithin(pid, FAST_STOP_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await isGoneWithin(pid, IMMEDIATE_STOP_MS)) return;
  signal(pid, 'SIGKILL');
  await isGoneWithin(pid, IMMEDIATE_STOP_MS);
}

function serverArguments({ directory, port, settings }: Launch): string[] {
  const parameters = Object.entries({ ...settings, port: String(port) });
  return ['-D', directory, ...parameters.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function waitUntilReady(postmaster: ChildProcess, launch: Launch, logged: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (postmaster.exitCode === null && postmaster.signalCode === null) {
    const { pid, status } = await readPidFile(launch.directory);
    if (pid === postmaster.pid && status === 'ready') return;
    if (Date.now() > deadline) postmaster.kill('SIGINT');
    await sleep(POLL_MS);
  }
  const complaint = (await readFile(launch.logFile)).subarray(logged).toString('utf8').trim();
  throw new Error(`The database did not start (${launch.logFile}): ${complaint.slice(-2000)}`);
}

// Line 1 is the postmaster's pid, line 8 its state: what pg_ctl reads to know that the server is up.
async function readPidFile(
  directory: string,
): Promise<{ pid: number | undefined; status: string | undefined }> {
  const lines = (await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  return { pid: pid > 0 ? pid : undefined, status: lines[7]?.trim() };
}

async function isPostmasterOf(pid: number, directory: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (command !== undefined) return command.split('\0').includes(directory);
  if (process.platform === 'win32') return true;
  return spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout.includes(directory);
}

// After a power loss the pid may be another process's, and PostgreSQL would refuse to start. Removing the file would
// also remove its check for backends that still run (line 7, the shared memory's key), so only the pid is replaced.
async function disownPid(directory: string): Promise<void> {
  const file = join(directory, 'postmaster.pid');
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [IMPOSSIBLE_PID, ...rest].join('\n'));
}

function interrupt(engine: Engine, directory: string, pid: number): void {
  if (process.platform !== 'win32') return signal(pid, 'SIGINT');
  // Windows has no signals: pg_ctl speaks to the server through its own pipe.
  spawnSync(programOf(engine, 'pg_ctl'), ['stop', '-D', directory, '-m', 'fast', '-W'], {
    windowsHide: true,
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid) && Date.now() < deadline) await sleep(POLL_MS);
  return !isAlive(pid);
}

async function rotateLog(file: string): Promise<number> {
  const written = await stat(file).catch(() => ({ size: 0 }));
  if (written.size < LOG_LIMIT_BYTES) return written.size;
  await writeFile(file, '');
  return 0;
}
