import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { topology } from '@urr/contracts/topology.ts';
import pg from 'pg';
import { portsOf, processPlans } from '../../../tools/platform/processes.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';

/** Something of a platform that may be struck at any moment. */
export interface Victim {
  readonly name: string;
  /** A program that its supervisor starts again after the blow. */
  readonly isRestarted: boolean;
  /** Kills its present incarnation with SIGKILL, or does it other harm, and answers its pid; `undefined` when none runs just now. */
  kill(): Promise<number | undefined>;
  /** True when it serves, its dependencies included. */
  isServing(): Promise<boolean>;
}

const answerWithinMs = 1_000;

/** Every victim of a platform, by name. */
export type Victims = ReadonlyMap<string, Victim>;

/** Every process of an embedded platform. */
export function victimsOf(platform: RunningPlatform): Victims {
  const programs = platform.programs.map((program): Victim => ({
    name: program.name,
    isRestarted: true,
    kill: async () => killed(program.pid()),
    isServing: () => allAnswer(readinessUrls(platform, program.name)),
  }));
  return new Map([...programs, ...databaseVictims(platform)].map((victim) => [victim.name, victim]));
}

/** The database server of a platform, and one of its connections. */
export function databaseVictims(platform: RunningPlatform): Victim[] {
  const isServing = () => acceptsStatements(platform);
  const postmaster: Victim = {
    name: 'postgresql',
    isRestarted: true,
    kill: async () => killed(await postmasterPid(platform)),
    isServing,
  };
  const backend: Victim = {
    name: 'postgresql-backend',
    // PostgreSQL recovers without ending.
    isRestarted: false,
    kill: async () => killed(await someBackendPid(platform)),
    isServing,
  };
  return [postmaster, backend];
}

/** Resolves when all victims serve; throws when they do not within the time. */
export async function becomesWhole(all: Victims, deadlineMs: number): Promise<void> {
  const victims = [...all.values()];
  const endsAt = performance.now() + deadlineMs;
  for (;;) {
    const serving = await Promise.all(victims.map((victim) => victim.isServing()));
    if (serving.every(Boolean)) return;
    const missing = victims.filter((_, index) => serving[index] !== true).map((victim) => victim.name);
    if (performance.now() > endsAt)
      throw new Error(`Not serving after ${deadlineMs} ms: ${missing.join(', ')}`);
    await sleep(50);
  }
}

/** Pids of everything a platform runs at this moment. */
export async function processesOf(platform: RunningPlatform): Promise<number[]> {
  const programs = [...platform.programs, ...platform.engines].flatMap((program) => program.pid() ?? []);
  return [...programs, platform.postgresPid(), ...(await backendPids(platform))];
}

/** True while a process of this pid exists. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Kills a process with SIGKILL; `undefined` when there is none. */
export function killed(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    process.kill(pid, 'SIGKILL');
    return pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
    throw error;
  }
}

function readinessUrls({ portOffset }: RunningPlatform, program: string): string[] {
  const plan = processPlans.find(({ name }) => name === program);
  if (plan === undefined) return [`http://127.0.0.1:${portsOf(portOffset).get(program)}/health`];
  return plan.services.map(
    (service) => `http://127.0.0.1:${topology[service].port + portOffset}/health/ready`,
  );
}

/** True when each address answers 2xx within a second. */
export async function allAnswer(urls: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(
    urls.map((url) =>
      fetch(url, { signal: AbortSignal.timeout(answerWithinMs) }).then(
        (response) => response.ok,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}

// The file names the server from its first moment on, also while it still recovers.
async function postmasterPid({ logDirectory }: RunningPlatform): Promise<number | undefined> {
  const file = path.join(logDirectory, '../postgres/postmaster.pid');
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('postgres') ? pid : undefined;
}

async function someBackendPid(platform: RunningPlatform): Promise<number | undefined> {
  const pids = await backendPids(platform);
  return pids[Math.floor(Math.random() * pids.length)];
}

function backendPids(platform: RunningPlatform): Promise<number[]> {
  return ask(platform, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    return rows.map((row) => row.pid);
  }).catch(() => []);
}

function acceptsStatements(platform: RunningPlatform): Promise<boolean> {
  return ask(platform, (client) => client.query('SELECT 1')).then(
    () => true,
    () => false,
  );
}

async function ask<Answer>(platform: RunningPlatform, question: (client: pg.Client) => Promise<Answer>) {
  const client = new pg.Client({
    connectionString: platform.databaseUrl('postgres'),
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await question(client);
  } finally {
    await client.end().catch(() => {});
  }
}
