import type { Logger } from '@urr/platform/logger.ts';
import type { Registry } from '@urr/platform/metrics.ts';
import type { OutboxRelay } from '@urr/platform/outbox.ts';
import type { Kysely } from 'kysely';
import { createBackground } from './background.ts';
import type { CheckoutMeter } from './checkout/checkout-meter.ts';
import type { PaymentConfig } from './config.ts';
import type { Deps, Settings } from './deps.ts';
import { createPaymentMetrics } from './metrics.ts';
import { createAttemptStore } from './payments/store.ts';
import { returnMoney } from './refunds/return-money.ts';
import { createRefundStore } from './refunds/store.ts';
import type { PaymentTables } from './tables.ts';
import { createTickets } from './tickets.ts';
import { createTossClient } from './toss/toss-client.ts';

/** What deps are made from. */
export interface Parts {
  readonly db: Kysely<PaymentTables>;
  readonly logger: Logger;
  readonly relay: OutboxRelay;
  readonly meter: CheckoutMeter;
  readonly registry: Registry;
}

export function createDeps(config: PaymentConfig, parts: Parts) {
  const metrics = createPaymentMetrics(parts.registry, parts.db);
  const attempts = createAttemptStore(parts.db);
  const deps: Deps = {
    attempts,
    refunds: createRefundStore(parts.db),
    provider: createTossClient({
      baseUrl: config.TOSS_API_BASE_URL,
      secretKey: config.TOSS_SECRET_KEY,
      connectTimeoutMs: config.TOSS_CONNECT_TIMEOUT_MS,
      readTimeoutMs: config.TOSS_READ_TIMEOUT_MS,
      maxConnections: config.TOSS_MAX_CONNECTIONS,
      observe: (call, outcome, seconds) => metrics.provider.observe({ call, outcome }, seconds),
    }),
    tickets: createTickets({
      baseUrl: config.TICKET_SERVICE_URL,
      internalToken: config.INTERNAL_API_TOKEN,
      deadlineMs: config.TICKET_CALL_DEADLINE_MS,
    }),
    background: createBackground(config.MAX_CALLS_IN_FLIGHT, parts.logger),
    counters: {
      confirmed: (eventId, durationMs, isFault) => parts.meter.record(eventId, durationMs, isFault),
      lostHold: () => metrics.lostHolds.inc(),
      ticketWithoutPayment: () => metrics.ticketsWithoutPayment.inc(),
    },
    settings: settingsOf(config),
    logger: parts.logger,
    wakeRelay: () => parts.relay.wake(),
    returnMoney: async (attempt, late) => {
      await returnMoney(deps, attempt, late);
      return (await attempts.findById(attempt.id)) ?? attempt;
    },
  };
  const reportLedger = (difference: number, isExact: boolean) => {
    metrics.ledgerDifference.set(difference);
    metrics.ledgerInexact.set(isExact ? 0 : 1);
  };
  return { deps, reportLedger };
}

function settingsOf(config: PaymentConfig): Settings {
  return {
    clientKey: config.TOSS_CLIENT_KEY,
    checkoutUrl: config.TOSS_CHECKOUT_URL,
    returnBaseUrl: config.PAYMENT_RETURN_BASE_URL,
    answerDeadlineMs: config.CONFIRM_ANSWER_DEADLINE_MS,
    holdLeftToStartMs: config.HOLD_LEFT_TO_START_MS,
    holdLeftToConfirmMs: config.HOLD_LEFT_TO_CONFIRM_MS,
    confirmWindowMs: config.CONFIRM_WINDOW_MS,
    paymentWindowMs: config.PAYMENT_WINDOW_MS,
    reconcileAfterMs: config.RECONCILE_AFTER_MS,
    backoffMaxMs: config.RECONCILE_BACKOFF_MAX_MS,
    leaseMs: config.RECONCILE_LEASE_MS,
    cancelSpacingMs: config.CANCEL_SPACING_MS,
  };
}
