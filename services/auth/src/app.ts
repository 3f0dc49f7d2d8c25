import { createHmac } from 'node:crypto';
import { type Database, openDatabase } from '@urr/platform/database.ts';
import { createIdentityCheck, signingKey } from '@urr/platform/identity.ts';
import { createLogger, type Logger } from '@urr/platform/logger.ts';
import { prunePlatformTables } from '@urr/platform/prune-platform-tables.ts';
import { removeInPieces } from '@urr/platform/remove-in-pieces.ts';
import { repeat } from '@urr/platform/repeat.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, SharedParts } from '@urr/platform/service.ts';
import { sql } from 'kysely';
import { serveAccounts } from './accounts/routes.ts';
import type { AuthConfig } from './config.ts';
import type { Deps } from './deps.ts';
import { createMailLoop, type MailLoop } from './mail/mail-loop.ts';
import { createMailMetrics } from './mail/mail-metrics.ts';
import type { Mailer } from './mail/mailer.ts';
import { hasMailServer, smtpServerOf } from './mail/smtp-server.ts';
import { removeOldMails } from './mail/store.ts';
import { createMailboxMailer } from './mailbox/mailbox-mailer.ts';
import { serveMailbox } from './mailbox/routes.ts';
import { removeOldMailboxRows } from './mailbox/store.ts';
import { createPasswordHasher } from './passwords/password-hasher.ts';
import { serveRecovery } from './recovery/routes.ts';
import { removeOldResets } from './recovery/store.ts';
import { serveSessions } from './sessions/routes.ts';
import { createSessions } from './sessions/sessions.ts';
import { removeOldSessions } from './sessions/store.ts';
import { proveIdentity } from './sign-in/log-in.ts';
import { serveSignIn } from './sign-in/routes.ts';
import { forgetFailuresIn, removeOldFailures } from './sign-in/slow-down.ts';
import { subscribe } from './subscriptions.ts';
import type { AuthTables } from './tables.ts';

/** Days an expired session stays readable for support. */
const sessionKeepDays = 30;
/** Days a mail's row stays after it was sent or given up. */
const mailKeepDays = 14;
/** What the mailbox keeps. */
const mailboxBounds = { days: 7, keep: 1_000 };

const tidyEveryMs = 10 * 60_000;

/** Composes auth-service from its settings. */
export async function createAuthService(
  config: AuthConfig,
  shared: Pick<SharedParts, 'bus' | 'readiness' | 'tracing'>,
): Promise<Service> {
  const logger = createLogger('auth-service', config.LOG_LEVEL);
  const database = openDatabase<AuthTables>({
    url: config.AUTH_DB_URL,
    poolSize: config.AUTH_DB_POOL_SIZE,
    logger,
  });
  const deps = await createDeps(config, database, logger);
  const { app, metrics } = createServer({
    name: 'auth-service',
    logger,
    readiness: [
      { name: 'database', check: () => sql`SELECT 1`.execute(deps.db) },
      ...(shared.readiness ?? []),
    ],
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
  serveRecovery(server, deps, forgetFailuresIn);
  if (!hasMailServer(config)) serveMailbox(server, deps);
  subscribe(deps.db, shared.bus);
  const mails = createMailLoop({
    db: deps.db,
    mailer: await createMailer(config, deps.db),
    metrics: createMailMetrics(metrics.registry, deps.db),
    logger,
    origin: config.WEB_PUBLIC_ORIGIN,
    resetKey: deps.resetKey,
  });
  return { app, port: config.PORT, host: config.HOST, ...lifeOf(deps, database, mails) };
}

// The client of a mail server is loaded only where there is one.
async function createMailer(config: AuthConfig, db: Deps['db']): Promise<Mailer> {
  const server = smtpServerOf(config);
  if (server === undefined) return createMailboxMailer(db);
  const { createSmtpMailer } = await import('./mail/smtp-mailer.ts');
  return createSmtpMailer(server);
}

async function createDeps(config: AuthConfig, database: Database<AuthTables>, logger: Logger): Promise<Deps> {
  const key = signingKey(config.JWT_SECRET);
  return {
    db: database.db,
    config,
    logger,
    sessions: createSessions(database.db, key),
    refreshKey: createHmac('sha256', key).update('urr refresh tokens').digest(),
    resetKey: createHmac('sha256', key).update('urr password resets').digest(),
    passwords: await createPasswordHasher({
      memoryKib: config.PASSWORD_HASH_MEMORY_KIB,
      passes: config.PASSWORD_HASH_PASSES,
      concurrency: config.PASSWORD_HASH_CONCURRENCY,
      queueSize: config.PASSWORD_HASH_QUEUE_SIZE,
    }),
  };
}

function lifeOf(
  deps: Deps,
  database: Database<AuthTables>,
  mails: MailLoop,
): Pick<Service, 'start' | 'stop'> {
  const removals = [
    (limit: number) => removeOldSessions(deps.db, sessionKeepDays, limit),
    (limit: number) => removeOldFailures(deps.db, limit),
    (limit: number) => removeOldResets(deps.db, limit),
    (limit: number) => removeOldMails(deps.db, mailKeepDays, limit),
    (limit: number) => removeOldMailboxRows(deps.db, mailboxBounds, limit),
  ];
  // Nothing decides by what has been removed.
  const tidying = repeat('tidying', { intervalMs: tidyEveryMs, logger: deps.logger }, async (stopping) => {
    await removeInPieces(removals, stopping);
    await prunePlatformTables(deps.db, stopping);
  });
  return {
    start: () => {
      tidying.start();
      mails.start();
      return Promise.resolve();
    },
    stop: async () => {
      await Promise.all([tidying.stop(), mails.stop()]);
      await database.close();
    },
  };
}
