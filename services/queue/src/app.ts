import { openDatabase } from '@urr/platform/database.ts';
import { createHotDocuments } from '@urr/platform/hot-documents.ts';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { createOutboxRelay } from '@urr/platform/outbox.ts';
import { prunePlatformTables } from '@urr/platform/prune-platform-tables.ts';
import { repeat } from '@urr/platform/repeat.ts';
import type { ServeDeps } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, SharedParts } from '@urr/platform/service.ts';
import type { FastifyInstance } from 'fastify';
import type { QueueConfig } from './config.ts';
import { serveControl } from './control/routes.ts';
import type { Deps } from './deps.ts';
import { serveDraw } from './draw/routes.ts';
import { openAdmissionFeed } from './enter/open-admission-feed.ts';
import { createSaleEntrance } from './enter/enter-sale.ts';
import { serveEntrance } from './enter/routes.ts';
import { createLineJoiner } from './join/join-line.ts';
import { serveJoin } from './join/routes.ts';
import { LiveSales } from './line/live-sales.ts';
import { openLineStore } from './line/open-line-store.ts';
import { createReceipts } from './line/receipt.ts';
import { subscribe } from './pacing/subscriptions.ts';
import { createTick } from './pacing/tick.ts';
import { createSaleLearner } from './schedule/learn-sales.ts';
import { createStatePublisher } from './state/publish-states.ts';
import { createPlaceReader } from './state/read-place.ts';
import { serveState } from './state/routes.ts';
import type { QueueTables } from './tables.ts';

const name = 'queue-service';
const pruneEveryMs = 3_600_000;

/** Composes the service. */
export async function createQueueService(config: QueueConfig, shared: SharedParts): Promise<Service> {
  const logger = createLogger(name, config.LOG_LEVEL);
  const database = openDatabase<QueueTables>({
    url: config.QUEUE_DB_URL,
    poolSize: config.QUEUE_DB_POOL_SIZE,
    logger,
  });
  const relay = createOutboxRelay({
    databaseUrl: config.QUEUE_DB_URL,
    source: name,
    bus: shared.bus,
    logger,
  });
  const lines = await openLineStore(config, database, logger);
  const hotDocuments = createHotDocuments();
  const { app, metrics } = createServer({
    name,
    logger,
    hotDocuments,
    tracing: shared.tracing,
    maxInFlight: config.QUEUE_MAX_IN_FLIGHT,
    readiness: [
      { name: 'postgres', check: () => database.pool.query('SELECT 1') },
      ...lines.readiness,
      ...(shared.readiness ?? []),
    ],
  });
  const deps: Deps = {
    config,
    admissionFeed: await openAdmissionFeed(config, { logger, registry: metrics.registry }),
    store: lines.store,
    live: new LiveSales(),
    receipts: createReceipts(config.QUEUE_ENTRY_TOKEN_SECRET),
    hotDocuments,
    serve: serveDepsOf(app, config),
    db: database.db,
    bus: shared.bus,
    logger,
    wakeRelay: () => relay.wake(),
  };
  const features = serveFeatures(deps);
  const loops = repeatedWork(deps, () => lines.tidy());
  return {
    app,
    port: config.PORT,
    host: config.HOST,
    start: async () => {
      relay.start();
      for (const loop of loops) loop.start();
    },
    stop: async () => {
      await Promise.all([features.drained(), ...loops.map((loop) => loop.stop())]);
      await Promise.all([deps.admissionFeed?.stop(), relay.stop()]);
      await lines.close();
      await database.close();
    },
  };
}

function serveDepsOf(app: FastifyInstance, config: QueueConfig): ServeDeps {
  return {
    app,
    identify: createIdentityCheck(config.JWT_SECRET),
    internalToken: config.INTERNAL_API_TOKEN,
  };
}

function serveFeatures(deps: Deps) {
  const joiner = createLineJoiner(deps);
  const entrance = createSaleEntrance(deps);
  serveJoin(deps, joiner);
  serveState(deps, createPlaceReader(deps));
  serveEntrance(deps, entrance);
  serveDraw(deps);
  serveControl(deps);
  subscribe(deps);
  return { drained: () => Promise.all([joiner.drained(), entrance.drained()]) };
}

function repeatedWork(deps: Deps, tidyLines: () => Promise<void>) {
  const { config, logger } = deps;
  return [
    repeat(
      'tick',
      { intervalMs: config.QUEUE_TICK_MS, logger },
      createTick(deps, createStatePublisher(deps)),
    ),
    repeat('catalog poll', { intervalMs: config.QUEUE_CATALOG_POLL_MS, logger }, createSaleLearner(deps)),
    repeat('tidying', { intervalMs: pruneEveryMs, logger }, async (stopping) => {
      await tidyLines();
      await prunePlatformTables(deps.db, stopping);
    }),
  ];
}
