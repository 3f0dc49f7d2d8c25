import { createLogger } from '@urr/platform/logger.ts';
import { Registry } from '@urr/platform/metrics.ts';
import { openDatabase } from '@urr/platform/database.ts';
import { createCheckoutMeter } from '../checkout/checkout-meter.ts';
import { createDeps } from '../compose-deps.ts';
import type { Deps } from '../deps.ts';
import { createLedgerStore } from '../ledger/store.ts';
import { resolveAttempt } from '../payments/resolve-attempt.ts';
import { createReconciler, type Reconciler } from '../reconciler/reconciler.ts';
import { carryOutRefund } from '../refunds/carry-out-refund.ts';
import { returnMoney } from '../refunds/return-money.ts';
import type { PaymentTables } from '../tables.ts';
import { type Stage, until } from './stage.ts';

/** One process without HTTP: its use-cases' dependencies over connections of its own. */
export function openProcess(stage: Stage) {
  const logger = createLogger('payment-service', 'silent');
  const database = openDatabase<PaymentTables>({ url: stage.config.PAYMENT_DB_URL, poolSize: 8, logger });
  const relay = { start: () => {}, wake: () => {}, stop: async () => {} };
  const registry = new Registry();
  const { deps } = createDeps(stage.config, {
    db: database.db,
    logger,
    relay,
    registry,
    meter: createCheckoutMeter(),
  });
  return {
    deps,
    db: database.db,
    ledger: createLedgerStore(database.db),
    close: async () => {
      await deps.background.drained();
      await deps.provider.close();
      await database.close();
    },
  };
}

export class Crash extends Error {}

/**
 * Dependencies that die at the n-th boundary, counted from 0: each call of a store, the provider or ticket-service has
 * one before it and one after it. A dead process does nothing any more.
 */
export function dyingDeps(deps: Deps, dieAt: number): { deps: Deps; isDead: () => boolean } {
  let boundary = 0;
  let isDead = false;
  const pass = () => {
    if (!isDead && boundary++ === dieAt) isDead = true;
    if (isDead) throw new Crash(`at boundary ${dieAt}`);
  };
  const dying = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          pass();
          const value: unknown = await Reflect.apply(method, target, args);
          pass();
          return value;
        };
      },
    });
  const mortal: Deps = {
    ...deps,
    attempts: dying(deps.attempts),
    refunds: dying(deps.refunds),
    provider: dying(deps.provider),
    tickets: dying(deps.tickets),
    returnMoney: async (attempt, late) => {
      await returnMoney(mortal, attempt, late);
      return (await mortal.attempts.findById(attempt.id)) ?? attempt;
    },
  };
  return { deps: mortal, isDead: () => isDead };
}

/** The reconciler of a process. */
export function reconcilerOf(deps: Deps): Reconciler {
  return createReconciler(deps, {
    intervalMs: 10,
    concurrency: 8,
    resolveAttempt: (attempt) => resolveAttempt(deps, attempt),
    carryOutRefund: (refund) => carryOutRefund(deps, refund),
  });
}

const unsettled = `SELECT
  (SELECT count(*) FROM payment_attempts WHERE state IN ('confirming', 'unknown', 'captured', 'refunding')) +
  (SELECT count(*) FROM refunds WHERE state IN ('waiting', 'requested', 'ready', 'sending')) AS left`;

/** Lets nothing but the reconciler work until nothing is left to do. */
export async function healByReconcilerAlone(stage: Stage, deps: Deps, timeoutMs = 10_000): Promise<void> {
  const reconciler = reconcilerOf(deps);
  try {
    await until(
      async () => {
        await reconciler.tick();
        return Number((await stage.query(unsettled))[0]?.['left']);
      },
      (left) => left === 0,
      timeoutMs,
    );
  } finally {
    await reconciler.stop();
  }
}
