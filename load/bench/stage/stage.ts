import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import { type PostgresServer, startPostgres } from '@urr/platform/embedded-postgres/start-postgres.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import type { Cleanup } from '../cleanup.ts';
import { type LoadClient, startLoadClient } from '../client/load-client.ts';
import type { BenchOptions } from '../options.ts';
import { type ServerProcess, startServer } from '../servers/server-process.ts';

/** What every scene plays on. */
export interface Stage {
  readonly options: BenchOptions;
  readonly client: LoadClient;
  /** Of the scene: what it starts ends with it, so that it costs the next one nothing. */
  readonly cleanup: Cleanup;
  readonly secrets: { readonly jwt: string; readonly entry: string; readonly internal: string };
  /** One PostgreSQL server with the embedded profile's own, durable settings; started when first asked for. */
  postgres(): Promise<PostgresServer>;
  /** Starts a server on a free port; `script` is relative to the repository. */
  startServer(
    name: string,
    script: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<ServerProcess>;
  /** Tells a person who waits. */
  tell(step: string): void;
}

/** The repository this bench belongs to. */
export const repository = path.join(import.meta.dirname, '../../..');

/** Makes a stage for each scene. */
export type StageMaker = (ofScene: Cleanup) => Stage;

/** Prepares what all scenes share, in a folder beside the platform's own data, so that both stand on the same disk. */
export async function prepareStages(options: BenchOptions, cleanup: Cleanup): Promise<StageMaker> {
  const directory = await makeDirectory(cleanup);
  const client = startLoadClient();
  cleanup.add('the load client', () => client.stop());
  const secrets = makeSecrets();
  let postgres: Promise<PostgresServer> | undefined;
  return (ofScene) => ({
    options,
    client,
    cleanup: ofScene,
    secrets,
    postgres: () => (postgres ??= startDatabase(directory, cleanup)),
    startServer: async (name, script, environment) => {
      ofScene.assertOpen();
      const server = await startServer({
        name,
        script: path.join(repository, script),
        port: await freePort(),
        environment: { ...serviceEnvironment(secrets), ...environment },
        logDirectory: path.join(directory, 'logs'),
        profileDirectory: options.profileDirectory && path.resolve(options.profileDirectory),
      });
      ofScene.add(name, () => server.stop());
      return server;
    },
    tell: (step) => console.error(`… ${step}`),
  });
}

async function makeDirectory(cleanup: Cleanup): Promise<string> {
  const state = path.join(repository, '.urr');
  if ((await mkdir(state, { recursive: true })) !== undefined) await chmod(state, 0o711);
  const directory = await mkdtemp(path.join(state, 'bench-'));
  // PostgreSQL's own account passes through this folder to its data.
  await chmod(directory, 0o711);
  cleanup.add('the temporary folder', () => removeState(directory));
  return directory;
}

/** Removes a folder of data; the database's files stand elsewhere, behind a link, when its account could not enter. */
export async function removeState(directory: string): Promise<void> {
  const database = await realpath(path.join(directory, 'postgres')).catch(() => undefined);
  await rm(directory, { recursive: true, force: true });
  if (database !== undefined) await rm(database, { recursive: true, force: true });
}

async function startDatabase(directory: string, cleanup: Cleanup): Promise<PostgresServer> {
  const server = await startPostgres({
    dataDirectory: path.join(directory, 'postgres'),
    port: await freePort(),
  });
  cleanup.add('PostgreSQL', () => server.stop());
  return server;
}

function makeSecrets(): Stage['secrets'] {
  return {
    jwt: randomBytes(48).toString('base64'),
    entry: randomBytes(36).toString('base64url'),
    internal: randomBytes(36).toString('base64url'),
  };
}

// Nobody listens on port 9; a scene names the neighbours its service really calls.
const nowhere = 'http://127.0.0.1:9';

function serviceEnvironment(secrets: Stage['secrets']): Record<string, string> {
  const neighbours = Object.values(topology).map((workload) => [workload.urlVariable, nowhere]);
  return {
    ...Object.fromEntries(neighbours),
    JWT_SECRET: secrets.jwt,
    INTERNAL_API_TOKEN: secrets.internal,
    QUEUE_ENTRY_TOKEN_SECRET: secrets.entry,
    COOKIE_SECURE: 'false',
  };
}
