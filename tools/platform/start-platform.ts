import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import type { PostgresServer } from '@urr/platform/embedded-postgres/start-postgres.ts';
import { buildWeb } from '../web/build-web.ts';
import { pagesUrl } from './environment.ts';
import { keepPostgres } from './keep-postgres.ts';
import type { LayoutSource, PlatformLayout, StartPrograms } from './layout.ts';
import { assertPortsUsable } from './ports.ts';
import type { FirstAdmin } from './prepare-databases.ts';
import { simulatorPort } from './processes.ts';
import { embeddedLayout } from './program-plans.ts';
import { runOnce } from './run-once.ts';
import { type EmbeddedSecrets, readOrMakeSecrets } from './secrets.ts';
import { type SupervisedProgram, supervise } from './supervisor.ts';

/** Which platform to start. */
export interface PlatformOptions {
  /** Folder of its data, secrets and logs. */
  readonly stateDirectory: string;
  readonly portOffset: number;
  /** Variables that differ from the embedded profile's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the web application is started too; built first when its sources have changed. Not when absent. */
  readonly hasPages?: boolean;
  /** Which programs it is made of; the embedded ones when absent. */
  readonly layout?: PlatformLayout;
  /** Ends the start: what was started is stopped, and the start rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
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
  /** What the programs need besides PostgreSQL; nothing in the embedded platform. */
  readonly engines: readonly SupervisedProgram[];
  readonly portOffset: number;
  readonly postgresPid: () => number;
  /** Times PostgreSQL was started again. */
  readonly postgresRestarts: () => number;
  readonly logDirectory: string;
  databaseUrl(database: string): string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, migrates, starts every process and waits until all answer. Stops what it started when a step fails. */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const { stateDirectory, portOffset, hasPages = false, layout = embeddedLayout, signal } = options;
  const ports = layout.ports(portOffset, hasPages);
  await assertPortsUsable(layout.ports, portOffset, hasPages);
  const pages = hasPages ? await buildWeb(options.progress) : undefined;
  await mkdir(path.join(stateDirectory, 'logs'), { recursive: true });
  // PostgreSQL's own user passes through this folder to its data.
  await chmod(stateDirectory, 0o711);
  const secrets = await readOrMakeSecrets(stateDirectory);
  options.progress?.('starting PostgreSQL');
  const database = await keepPostgres({
    dataDirectory: path.join(stateDirectory, 'postgres'),
    port: ports.get('postgresql') ?? 0,
  });
  const logDirectory = path.join(stateDirectory, 'logs');
  const engines = supervised(logDirectory, signal);
  const programs = supervised(logDirectory, signal);
  const stop = async () => {
    await programs.stop();
    await engines.stop();
    await database.stop();
  };
  try {
    signal?.throwIfAborted();
    options.progress?.('migrating');
    const admin = await prepare(database.server());
    signal?.throwIfAborted();
    const source: LayoutSource = {
      portOffset,
      secrets,
      stateDirectory,
      databaseUrl: (name) => database.server().url(name),
      pages,
      overrides: options.environment ?? {},
      progress: options.progress ?? (() => undefined),
    };
    await layout.startEngines(source, engines.start);
    options.progress?.('starting services');
    for (const stage of layout.programs(source)) await programs.start(stage);
    signal?.throwIfAborted();
    return {
      pagesUrl: pagesUrl(portOffset),
      gatewayUrl: `http://127.0.0.1:${topology['gateway-service'].port + portOffset}`,
      simulatorUrl: `http://127.0.0.1:${simulatorPort + portOffset}`,
      secrets,
      admin,
      engines: engines.all,
      programs: programs.all,
      logDirectory,
      portOffset,
      postgresPid: () => database.server().pid,
      postgresRestarts: () => database.restarts(),
      databaseUrl: (name) => database.server().url(name),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Programs that are started side by side and stopped together. */
function supervised(logDirectory: string, signal: AbortSignal | undefined) {
  const all: SupervisedProgram[] = [];
  const start: StartPrograms = async (plans) => {
    const started = await Promise.allSettled(
      plans.map(async (plan) => all.push(await supervise(plan, logDirectory, signal))),
    );
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  const stop = async () => {
    await Promise.all(all.map((program) => program.stop()));
  };
  return { all, start, stop };
}

async function prepare(server: PostgresServer): Promise<FirstAdmin> {
  const script = path.join(import.meta.dirname, 'prepare-databases-process.ts');
  const answer = await runOnce(script, { POSTGRES_URL: server.url('DATABASE') });
  return (answer as { admin?: FirstAdmin }).admin;
}
