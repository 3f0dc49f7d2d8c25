import type { FastifyInstance } from 'fastify';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import { prunePlatformTables } from '@urr/platform/prune-platform-tables.ts';
import { repeat } from '@urr/platform/repeat.ts';
import type { ServeDeps } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';
import type { SharedParts } from '@urr/platform/service.ts';
import { type Kysely, sql } from 'kysely';
import { serveArtists } from './artists/routes.ts';
import { takeArtist } from './artists/store.ts';
import type { Config } from './config.ts';
import type { Deps, LayoutBook } from './deps.ts';
import { serveOrganiser } from './events/organiser-routes.ts';
import { serveEvents } from './events/routes.ts';
import { serveHalls } from './halls/routes.ts';
import { findHallWithLayout, findLayout } from './halls/store.ts';
import { createImageBook } from './images/image-book.ts';
import type { ImageStore } from './images/image-store.ts';
import { serveImages } from './images/routes.ts';
import { sweepImages } from './images/sweep-images.ts';
import { createPusher } from './inventory/pusher.ts';
import { createSaleBoard } from './sales/sale-board.ts';
import { serveSales } from './sales/routes.ts';
import type { CatalogTables } from './tables.ts';

const pruneEveryMs = 3_600_000;
const sweepEveryMs = 60_000;

/** What the service is given besides its configuration. */
export interface CatalogParts extends Pick<SharedParts, 'tracing'> {
  readonly imageStore: ImageStore;
}

/** The composed service, not yet listening. */
export interface CatalogApp {
  readonly app: FastifyInstance;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createCatalogApp(config: Config, { imageStore, tracing }: CatalogParts): CatalogApp {
  const logger = createLogger('catalog-service', String(config.LOG_LEVEL));
  const database = openDatabase<CatalogTables>({
    url: config.CATALOG_DB_URL,
    poolSize: config.CATALOG_DB_POOL_SIZE,
    logger,
  });
  const { db } = database;
  const ticket = { ticketUrl: config.TICKET_SERVICE_URL, internalToken: config.INTERNAL_API_TOKEN };
  const board = createSaleBoard({ db, logger, ...ticket });
  const pusher = createPusher({ db, logger, ...ticket });
  const pruning = repeat('pruning', { intervalMs: pruneEveryMs, logger }, (stopping) =>
    prunePlatformTables(db, stopping),
  );
  const sweeping = repeat('sweeping pictures', { intervalMs: sweepEveryMs, logger }, () =>
    sweepImages({ db, store: imageStore, logger }),
  );
  const { app } = createServer({
    name: 'catalog-service',
    logger,
    tracing,
    readiness: [{ name: 'database', check: () => sql`SELECT 1`.execute(db) }],
  });
  const server: ServeDeps = {
    app,
    identify: createIdentityCheck(config.JWT_SECRET),
    internalToken: config.INTERNAL_API_TOKEN,
    idempotencyDb: db as unknown as Kysely<PlatformTables>,
  };
  const images = createImageBook(imageStore, logger);
  const deps: Deps = { db, artists: { take: takeArtist }, layouts, pushes: pusher, stock: board, images };
  serveHalls(server, deps);
  serveArtists(server, deps);
  serveEvents(server, deps);
  serveOrganiser(server, deps);
  serveSales(server, board);
  serveImages(server, { store: imageStore, logger });
  return {
    app,
    start: async () => {
      // What is not there yet comes with the next look; starting waits for neither.
      await board
        .refresh()
        .catch((error: unknown) => logger.warn({ err: error }, 'first look at sales failed'));
      for (const part of [board, pusher, pruning, sweeping]) part.start();
    },
    stop: async () => {
      await Promise.all([board.stop(), pusher.stop(), pruning.stop(), sweeping.stop()]);
      imageStore.close();
      await database.close();
    },
  };
}

const layouts: LayoutBook = {
  findNewest: async (db, slug) => {
    const hall = await findHallWithLayout(db, { slug });
    return hall && { layoutId: hall.layout_id, hallId: hall.id, grades: hall.grades };
  },
  find: async (db, layoutId) => {
    const layout = await findLayout(db, layoutId);
    return layout && { layoutId: layout.id, hallId: layout.hall_id, grades: layout.grades };
  },
};
