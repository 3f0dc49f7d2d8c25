import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import { reserveSeats } from '@urr/contracts/ticket.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { createOutboxRelay } from '@urr/platform/outbox.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import { serve } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, ServiceDefinition } from '@urr/platform/service.ts';
import { readTicketConfig, type TicketConfig } from '@urr/ticket-service/config.ts';
import { createEntryCheck } from '@urr/ticket-service/entry/entry-check.ts';
import { holdInOwnTransaction, readSeatLabels } from './hold-in-own-transaction.ts';

const name = 'commit-per-hold';

/** The reference of holding: the same route, checks, server, pool and relay, and one transaction for every hold. */
export const commitPerHoldService: ServiceDefinition = {
  name: 'ticket-service',
  create: async (environment) => create(readTicketConfig(environment)),
};

function create(config: TicketConfig): Service {
  const logger = createLogger(name, config.LOG_LEVEL);
  const database = openDatabase<PlatformTables>({
    url: config.TICKET_DB_URL,
    poolSize: config.TICKET_DB_POOL_SIZE,
    logger,
  });
  const relay = createOutboxRelay({
    databaseUrl: config.TICKET_DB_URL,
    source: name,
    bus: createInProcessBus(),
    logger,
  });
  const { app } = createServer({ name, logger, readiness: [] });
  const checkEntry = createEntryCheck(config.QUEUE_ENTRY_TOKEN_SECRET);
  let labels: readonly LayoutSeat[] = [];
  const serveDeps = {
    app,
    identify: createIdentityCheck(config.JWT_SECRET),
    internalToken: config.INTERNAL_API_TOKEN,
  };
  serve(serveDeps, reserveSeats, async ({ body, account, request }) => {
    checkEntry(request.headers, body.eventId, account.accountId);
    const wish = { ...body, accountId: account.accountId, holdSeconds: config.HOLD_SECONDS };
    const reservation = await holdInOwnTransaction(database.pool, wish, labels);
    relay.wake();
    return reservation;
  });
  return {
    app,
    port: config.PORT,
    host: config.HOST,
    start: async () => {
      labels = await readSeatLabels(database.pool);
      relay.start();
    },
    stop: async () => {
      await relay.stop();
      await database.close();
    },
  };
}
