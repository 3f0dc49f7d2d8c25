import { chmod, mkdir } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import type { PostgresServer } from '@urr/platform/embedded-postgres/start-postgres.ts';
import { buildWeb } from '../web/build-web.ts';
import {
  type EnvironmentSource,
  pagesUrl,
  platformEnvironment,
  simulatorEnvironment,
  webEnvironment,
} from './environment.ts';
import { keepPostgres } from './keep-postgres.ts';
import { isPortFree } from './ports.ts';
import type { FirstAdmin } from './prepare-databases.ts';
import { portsOf, processPlans, simulatorPort } from './processes.ts';
import { runOnce } from './run-once.ts';
import { type EmbeddedSecrets, readOrMakeSecrets } from './secrets.ts';
import { type ProgramPlan, type SupervisedProgram, supervise } from './supervisor.ts';

/** Which platform to start. */
export interface PlatformOptions {
  /** Folder of its data, secrets and logs. */
  readonly stateDirectory: string;
  readonly portOffset: number;
  /** Variables that differ from the embedded profile's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the web application is started too; built first when its sources have changed. Not when absent. */
  readonly hasPages?: boolean;
  /** Told of each step, for a person who waits. */
  readonly progress?: (step: string) => void;
}

/** A running embedded platform. */
export interface RunningPlatform {
  readonly gatewayUrl: string;
  /** Origin of the pages; nothing listens there without `hasPages`. */
  readonly pagesUrl: string;
  readonly simulatorUrl: string;
  readonly secrets: EmbeddedSecrets;
  /** Answered once, by the start that made the account. */
  readonly admin: FirstAdmin;
  readonly programs: readonly SupervisedProgram[];
  readonly portOffset: number;
  readonly postgresPid: () => number;
  /** Times PostgreSQL was started again. */
  readonly postgresRestarts: () => number;
  readonly logDirectory: string;
  databaseUrl(database: string): string;
  stop(): Promise<void>;
}

/** Time that the processes of a killed start get to notice and stop. Milliseconds. */
const leftoverDeadlineMs = 2_000;

/** For programs that wait more than they work: memory counts for more than the last tenth of speed. */
const smallNode = ['--max-semi-space-size=1', '--optimize-for-size', '--max-old-space-size=256'];

const repository = path.join(import.meta.dirname, '../..');

/** Starts PostgreSQL, migrates, starts every process and waits until all answer. Stops what it started when a step fails. */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const { stateDirectory, portOffset, hasPages = false } = options;
  await assertPortsFree(portOffset, hasPages);
  const pages = hasPages ? await buildWeb(options.progress) : undefined;
  await mkdir(path.join(stateDirectory, 'logs'), { recursive: true });
  // PostgreSQL's own user passes through this folder to its data.
  await chmod(stateDirectory, 0o711);
  const secrets = await readOrMakeSecrets(stateDirectory);
  options.progress?.('starting PostgreSQL');
  const database = await keepPostgres({
    dataDirectory: path.join(stateDirectory, 'postgres'),
    port: portsOf(portOffset).get('postgresql') ?? 0,
  });
  const programs: SupervisedProgram[] = [];
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await database.stop();
  };
  try {
    options.progress?.('migrating');
    const admin = await prepare(database.server());
    options.progress?.('starting services');
    const source = {
      portOffset,
      secrets,
      stateDirectory,
      databaseUrl: (name: string) => database.server().url(name),
    };
    const logDirectory = path.join(stateDirectory, 'logs');
    const started = await Promise.allSettled(
      programPlans(source, pages, options.environment).map(async (plan) =>
        programs.push(await supervise(plan, logDirectory)),
      ),
    );
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return {
      pagesUrl: pagesUrl(portOffset),
      gatewayUrl: `http://127.0.0.1:${topology['gateway-service'].port + portOffset}`,
      simulatorUrl: `http://127.0.0.1:${simulatorPort + portOffset}`,
      secrets,
      admin,
      programs,
      logDirectory,
      portOffset,
      postgresPid: () => database.server().pid,
      postgresRestarts: () => database.restarts(),
      databaseUrl: source.databaseUrl,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Throws an error that names every port that something else listens on. */
export async function assertPortsFree(portOffset: number, hasPages: boolean): Promise<void> {
  // PostgreSQL's port is left to its own start, which knows a server that a killed start has left behind.
  const ports = [...portsOf(portOffset, hasPages)].filter(([name]) => name !== 'postgresql');
  const deadline = performance.now() + leftoverDeadlineMs;
  for (;;) {
    const states = await Promise.all(
      ports.map(async ([name, port]) => ({ name, port, isFree: await isPortFree(port) })),
    );
    const taken = states.filter((state) => !state.isFree).map(({ name, port }) => `${port} (${name})`);
    if (taken.length === 0) return;
    if (performance.now() > deadline) throw new Error(portsTakenText(taken, portOffset));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function portsTakenText(taken: readonly string[], portOffset: number): string {
  return `Already in use: port ${taken.join(', ')}.\nStop what listens there, or shift every port: PORT_OFFSET=${portOffset + 100} npm start`;
}

async function prepare(server: PostgresServer): Promise<FirstAdmin> {
  const script = path.join(import.meta.dirname, 'prepare-databases-process.ts');
  const answer = await runOnce(script, { POSTGRES_URL: server.url('DATABASE') });
  return (answer as { admin?: FirstAdmin }).admin;
}

function programPlans(
  source: EnvironmentSource,
  pages: string | undefined,
  overrides: Readonly<Record<string, string>> = {},
): ProgramPlan[] {
  const environment = { ...platformEnvironment(source), ...overrides };
  const hosts = processPlans.map((plan) => ({
    name: plan.name,
    script: path.join(import.meta.dirname, 'host.ts'),
    args: [String(source.portOffset), ...plan.services],
    environment,
    isReady: () => answersAll(plan.services.map((service) => topology[service].port + source.portOffset)),
  }));
  const simulator = {
    name: 'toss-simulator',
    script: path.join(repository, 'tools/simulator/main.ts'),
    args: [],
    environment: { ...simulatorEnvironment(source), ...overrides },
    nodeOptions: smallNode,
    isReady: () => answersAll([simulatorPort + source.portOffset]),
  };
  return [...hosts, simulator, ...(pages === undefined ? [] : [webPlan(source, pages)])];
}

function webPlan(source: EnvironmentSource, buildDirectory: string): ProgramPlan {
  return {
    name: 'web',
    script: path.join(repository, 'apps/web/server/main.ts'),
    args: [],
    environment: webEnvironment(source, buildDirectory),
    nodeOptions: smallNode,
    isReady: () => answersAll([topology.frontend.port + source.portOffset]),
  };
}

async function answersAll(ports: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(ports.map((port) => answers200(`http://127.0.0.1:${port}/health`)));
  return answers.every(Boolean);
}

// Not fetch, which would stay in the supervisor's memory with all its parts.
function answers200(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
