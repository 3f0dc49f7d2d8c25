import type { RefundView } from '@urr/contracts/payment-shapes.ts';
import { type Database, openDatabase } from '@urr/platform/database.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { createLogger, type Logger } from '@urr/platform/logger.ts';
import { createOutboxRelay } from '@urr/platform/outbox.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import { prunePlatformTables } from '@urr/platform/prune-platform-tables.ts';
import { removeInPieces } from '@urr/platform/remove-in-pieces.ts';
import { type Repetition, repeat } from '@urr/platform/repeat.ts';
import type { ServeDeps } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, SharedParts } from '@urr/platform/service.ts';
import { type Kysely, sql } from 'kysely';
import { createCheckoutMeter, type CheckoutMeter } from './checkout/checkout-meter.ts';
import { publishMeasurements } from './checkout/publish-measurements.ts';
import { createDeps } from './compose-deps.ts';
import type { PaymentConfig } from './config.ts';
import type { Deps } from './deps.ts';
import { serveFigures } from './figures/routes.ts';
import { createFigureStore } from './figures/store.ts';
import { compareYesterday } from './ledger/compare-daily.ts';
import { serveLedger } from './ledger/routes.ts';
import { createLedgerStore } from './ledger/store.ts';
import { followReservation } from './payments/follow-reservation.ts';
import { resolveAttempt } from './payments/resolve-attempt.ts';
import { servePayments, type RefundsOf } from './payments/routes.ts';
import { createReconciler } from './reconciler/reconciler.ts';
import { carryOutRefund } from './refunds/carry-out-refund.ts';
import { refundView } from './refunds/refund.ts';
import { serveRefunds } from './refunds/routes.ts';
import type { RefundStore } from './refunds/store.ts';
import type { PaymentTables } from './tables.ts';
import { serveWebhooks } from './webhooks/routes.ts';
import { createWebhookStore } from './webhooks/store.ts';

const name = 'payment-service';
const webhookHintDelayMs = 1_000;
const reconcilerConcurrency = 32;
const pruneIntervalMs = 3_600_000;

/** Composes payment-service: nothing else knows how its parts meet. */
export function createPaymentService(config: PaymentConfig, shared: SharedParts): Service {
  const logger = createLogger(name, config.LOG_LEVEL);
  const url = config.PAYMENT_DB_URL;
  const database = openDatabase<PaymentTables>({ url, poolSize: config.PAYMENT_DB_POOL_SIZE, logger });
  const { db } = database;
  const { app, metrics } = createServer({
    name,
    logger,
    tracing: shared.tracing,
    readiness: [{ name: 'database', check: () => sql`SELECT 1`.execute(db) }, ...(shared.readiness ?? [])],
  });
  const relay = createOutboxRelay({ databaseUrl: url, source: name, bus: shared.bus, logger });
  const meter = createCheckoutMeter();
  const { deps, reportLedger } = createDeps(config, { db, logger, relay, meter, registry: metrics.registry });
  serveFeatures(
    {
      app,
      identify: createIdentityCheck(config.JWT_SECRET),
      internalToken: config.INTERNAL_API_TOKEN,
      // The platform's tables are among ours; Kysely's types do not see that one schema contains another.
      idempotencyDb: db as unknown as Kysely<PlatformTables>,
    },
    deps,
    db,
  );
  shared.bus.subscribe({
    consumer: name,
    topic: 'reservation-events',
    handle: (envelope) => followReservation(deps, envelope),
    deadLetters: deadLetterBox(db, name),
  });
  const work = [
    createReconciler(deps, {
      intervalMs: config.RECONCILE_INTERVAL_MS,
      concurrency: reconcilerConcurrency,
      resolveAttempt: (attempt) => resolveAttempt(deps, attempt),
      carryOutRefund: (refund) => carryOutRefund(deps, refund),
    }),
    ...periodicWork(config, { db, deps, meter, logger, reportLedger }),
  ];
  return {
    app,
    port: config.PORT,
    host: config.HOST,
    start: async () => {
      for (const part of [relay, ...work]) part.start();
    },
    stop: async () => {
      await Promise.all(work.map((part) => part.stop()));
      await deps.background.drained();
      await relay.stop();
      await closeConnections(deps, database);
    },
  };
}

async function closeConnections(deps: Deps, database: Database<PaymentTables>): Promise<void> {
  await deps.provider.close();
  await database.close();
}

function serveFeatures(server: ServeDeps, deps: Deps, db: Kysely<PaymentTables>): void {
  servePayments(server, deps, refundsOf(deps.refunds));
  serveRefunds(server, deps);
  serveWebhooks(server, { webhooks: createWebhookStore(db), hintDelayMs: webhookHintDelayMs });
  serveLedger(server, { ledger: createLedgerStore(db), provider: deps.provider });
  serveFigures(server, { figures: createFigureStore(db), tickets: deps.tickets });
}

interface WorkParts {
  readonly db: Kysely<PaymentTables>;
  readonly deps: Deps;
  readonly meter: CheckoutMeter;
  readonly logger: Logger;
  readonly reportLedger: (difference: number, isExact: boolean) => void;
}

function periodicWork(config: PaymentConfig, parts: WorkParts): Repetition[] {
  const { db, deps, logger } = parts;
  const measureMs = config.CHECKOUT_MEASURE_INTERVAL_MS;
  const ledger = createLedgerStore(db);
  const webhooks = createWebhookStore(db);
  const measure = () => publishMeasurements(db, parts.meter, Math.max(1, Math.round(measureMs / 1000)));
  const compare = () =>
    compareYesterday({ ledger, provider: deps.provider, logger, report: parts.reportLedger });
  const prune = async (stopping: AbortSignal) => {
    await prunePlatformTables(db, stopping);
    await removeInPieces([(limit) => webhooks.prune(limit)], stopping);
  };
  return [
    repeat('checkout measurement', { intervalMs: measureMs, logger }, measure),
    repeat('ledger comparison', { intervalMs: config.LEDGER_COMPARE_INTERVAL_MS, logger }, compare),
    repeat('pruning', { intervalMs: pruneIntervalMs, logger }, prune),
  ];
}

function refundsOf(refunds: RefundStore): RefundsOf {
  return async (paymentIds) => {
    const views = new Map<string, RefundView[]>();
    if (paymentIds.length === 0) return views;
    for (const refund of await refunds.listOf(paymentIds)) {
      views.set(refund.paymentId, [...(views.get(refund.paymentId) ?? []), refundView(refund)]);
    }
    return views;
  };
}
