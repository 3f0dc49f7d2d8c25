import { createHmac } from 'node:crypto';
import { type Database, openDatabase } from '@urr/platform/database.ts';
import { createIdentityCheck, signingKey } from '@urr/platform/identity.ts';
import { createLogger, type Logger } from '@urr/platform/logger.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, SharedParts } from '@urr/platform/service.ts';
import { sql } from 'kysely';
import { serveAccounts } from './accounts/routes.ts';
import type { AuthConfig } from './config.ts';
import type { Deps } from './deps.ts';
import { createPasswordHasher } from './passwords/password-hasher.ts';
import { serveSessions } from './sessions/routes.ts';
import { createSessions } from './sessions/sessions.ts';
import { removeOldSessions } from './sessions/store.ts';
import { startSweeping } from './sessions/sweep.ts';
import { proveIdentity } from './sign-in/log-in.ts';
import { serveSignIn } from './sign-in/routes.ts';
import { removeOldFailures } from './sign-in/slow-down.ts';
import type { AuthTables } from './tables.ts';

/** Days an expired session stays readable for support. */
const sessionKeepDays = 30;

/** Composes auth-service from its settings. */
export async function createAuthService(
  config: AuthConfig,
  shared: Pick<SharedParts, 'tracing'> = {},
): Promise<Service> {
  const logger = createLogger('auth-service', config.LOG_LEVEL);
  const database = openDatabase<AuthTables>({
    url: config.AUTH_DB_URL,
    poolSize: config.AUTH_DB_POOL_SIZE,
    logger,
  });
  const deps = await createDeps(config, database, logger);
  const { app } = createServer({
    name: 'auth-service',
    logger,
    readiness: [{ name: 'database', check: () => sql`SELECT 1`.execute(deps.db) }],
    // The gateway is the only caller and names the client.
    trustedProxies: 1,
    tracing: shared.tracing,
  });
  const server = {
    app,
    identify: createIdentityCheck(config.JWT_SECRET),
    internalToken: config.INTERNAL_API_TOKEN,
  };
  serveAccounts(server, deps, (attempt, password) => proveIdentity(deps, attempt, password));
  serveSignIn(server, deps);
  serveSessions(server, deps);
  return { app, port: config.PORT, host: config.HOST, ...lifeOf(deps, database) };
}

async function createDeps(config: AuthConfig, database: Database<AuthTables>, logger: Logger): Promise<Deps> {
  const key = signingKey(config.JWT_SECRET);
  return {
    db: database.db,
    config,
    logger,
    sessions: createSessions(database.db, key),
    refreshKey: createHmac('sha256', key).update('urr refresh tokens').digest(),
    passwords: await createPasswordHasher({
      memoryKib: config.PASSWORD_HASH_MEMORY_KIB,
      passes: config.PASSWORD_HASH_PASSES,
      concurrency: config.PASSWORD_HASH_CONCURRENCY,
      queueSize: config.PASSWORD_HASH_QUEUE_SIZE,
    }),
  };
}

function lifeOf(deps: Deps, database: Database<AuthTables>): Pick<Service, 'start' | 'stop'> {
  let stopSweeping = () => {};
  const sweeps = [
    (limit: number) => removeOldSessions(deps.db, sessionKeepDays, limit),
    (limit: number) => removeOldFailures(deps.db, limit),
  ];
  return {
    start: () => {
      stopSweeping = startSweeping(sweeps, deps.logger);
      return Promise.resolve();
    },
    stop: () => {
      stopSweeping();
      return database.close();
    },
  };
}
