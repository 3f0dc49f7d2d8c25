import { openDatabase } from '@urr/platform/database.ts';
import { createHotDocuments } from '@urr/platform/hot-documents.ts';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { createOutboxRelay } from '@urr/platform/outbox.ts';
import { prunePlatformTables } from '@urr/platform/prune-platform-tables.ts';
import { openConfiguredRedis } from '@urr/platform/redis/configured-redis.ts';
import { removeInPieces } from '@urr/platform/remove-in-pieces.ts';
import { type Repetition, repeat } from '@urr/platform/repeat.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, SharedParts } from '@urr/platform/service.ts';
import type { TicketConfig } from './config.ts';
import type { Deps } from './deps.ts';
import { pruneEndedSlots } from './entry/ended-slots.ts';
import { createEntryCheck } from './entry/entry-check.ts';
import { serveFigures } from './figures/routes.ts';
import { createHolds } from './holds/holds.ts';
import { serveHolds } from './holds/routes.ts';
import { serveInventory } from './inventory/routes.ts';
import { serveLayouts } from './layouts/routes.ts';
import { LiveSales } from './live/live-sales.ts';
import { createRedisSeatNews } from './live/redis-seat-news.ts';
import { servePayments } from './reservations/payment-routes.ts';
import { serveReservations } from './reservations/routes.ts';
import { sweepExpired } from './reservations/sweep-expired.ts';
import { orderRefunds } from './returns/order-refunds.ts';
import { serveReturns } from './returns/routes.ts';
import { subscribe } from './subscriptions.ts';
import type { TicketTables } from './tables.ts';
import { serveTickets } from './tickets/routes.ts';

const name = 'ticket-service';
const pruneEveryMs = 60 * 60_000;
/** Connections of their own for the three writers of holds, so that a hold never waits behind the purchases under way. */
const holdConnections = 3;

/** Composes the service. */
export async function createTicketService(config: TicketConfig, shared: SharedParts): Promise<Service> {
  const logger = createLogger(name, config.LOG_LEVEL);
  const url = config.TICKET_DB_URL;
  const poolSize = config.TICKET_DB_POOL_SIZE - holdConnections;
  const database = openDatabase<TicketTables>({ url, poolSize, logger });
  const { pool, db } = database;
  const forHolds = openDatabase<TicketTables>({ url, poolSize: holdConnections, logger });
  const relay = createOutboxRelay({
    databaseUrl: url,
    source: name,
    bus: shared.bus,
    logger,
  });
  const redis = await openConfiguredRedis(config, logger);
  const news = redis && createRedisSeatNews(redis, logger);
  const live = new LiveSales({ pool, db, logger, intervalMs: config.MIRROR_INTERVAL_MS, news });
  const hotDocuments = createHotDocuments();
  const { app, metrics } = createServer({
    name,
    logger,
    hotDocuments,
    tracing: shared.tracing,
    readiness: [{ name: 'postgres', check: () => pool.query('SELECT 1') }, ...(shared.readiness ?? [])],
  });
  const deps: Deps = {
    config,
    pool,
    db,
    logger,
    bus: shared.bus,
    serve: {
      app,
      identify: createIdentityCheck(config.JWT_SECRET),
      internalToken: config.INTERNAL_API_TOKEN,
    },
    live,
    checkEntry: createEntryCheck(config.QUEUE_ENTRY_TOKEN_SECRET),
    holds: createHolds({ pool: forHolds.pool, config, live }),
    wakeRelay: () => relay.wake(),
  };
  const feeds = serveFeatures(deps, { hotDocuments, registry: metrics.registry });
  const loops = repeatedWork(deps);
  return {
    app,
    port: config.PORT,
    host: config.HOST,
    start: async () => {
      relay.start();
      live.start();
      feeds.start();
      for (const loop of loops) loop.start();
    },
    stop: async () => {
      await deps.holds.drained();
      await Promise.all([...loops.map((loop) => loop.stop()), live.stop(), relay.stop()]);
      await Promise.all([database.close(), forHolds.close(), redis?.close()]);
    },
  };
}

function repeatedWork(deps: Deps): Repetition[] {
  const { db, logger, config } = deps;
  const often = { intervalMs: config.SWEEP_INTERVAL_MS, logger };
  return [
    repeat('sweep', often, (stopping) => sweepExpired(deps, stopping)),
    // One batch a look: payment gives back more slowly anyway, and other events' news must not queue behind a full house.
    repeat('ordering refunds of cancelled events', often, async () => {
      if ((await orderRefunds(db)) > 0) deps.wakeRelay();
    }),
    repeat('pruning', { intervalMs: pruneEveryMs, logger }, async (stopping) => {
      await prunePlatformTables(db, stopping);
      await removeInPieces([(limit) => pruneEndedSlots(db, limit)], stopping);
    }),
  ];
}

function serveFeatures(
  deps: Deps,
  layouts: Parameters<typeof serveLayouts>[1],
): ReturnType<typeof serveLayouts> {
  serveInventory(deps);
  serveFigures(deps);
  serveHolds(deps);
  serveReservations(deps);
  servePayments(deps);
  serveReturns(deps);
  serveTickets(deps);
  subscribe(deps);
  return serveLayouts(deps, layouts);
}
