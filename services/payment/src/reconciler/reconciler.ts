import { repeat } from '@urr/platform/repeat.ts';
import { backoffMs } from '../backoff.ts';
import type { Deps } from '../deps.ts';
import type { Attempt } from '../payments/attempt.ts';
import type { Refund } from '../refunds/refund.ts';

/** Finds every attempt and refund that should have moved on, and moves it on. Any number of replicas may run one. */
export interface Reconciler {
  start(): void;
  /** Takes what is due and starts work on it; answers how many. */
  tick(): Promise<number>;
  stop(): Promise<void>;
}

export interface ReconcilerOptions {
  readonly intervalMs: number;
  /** Rows worked on at once. */
  readonly concurrency: number;
  readonly resolveAttempt: (attempt: Attempt) => Promise<Attempt>;
  readonly carryOutRefund: (refund: Refund) => Promise<Refund>;
}

type ReconcilerDeps = Pick<Deps, 'attempts' | 'refunds' | 'settings' | 'logger'>;

export function createReconciler(deps: ReconcilerDeps, options: ReconcilerOptions): Reconciler {
  const running = new Set<Promise<void>>();
  const start = (work: Promise<void>) => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  const tick = async () => {
    const room = options.concurrency - running.size;
    if (room <= 0) return 0;
    const { leaseMs } = deps.settings;
    // A buyer may be waiting for an attempt: all refunds of a cancelled event together leave them half the room.
    const attempts = await deps.attempts.takeDue(leaseMs, Math.ceil(room / 2));
    const refunds = await deps.refunds.takeDue(leaseMs, room - attempts.length);
    for (const refund of refunds) start(healRefund(deps, options, refund));
    for (const attempt of attempts) start(healAttempt(deps, options, attempt));
    return refunds.length + attempts.length;
  };
  const looking = repeat(
    'looking for what is due',
    { intervalMs: options.intervalMs, logger: deps.logger },
    tick,
  );
  return {
    start: () => looking.start(),
    tick,
    stop: async () => {
      await looking.stop();
      await Promise.all(running);
    },
  };
}

async function healAttempt(
  deps: ReconcilerDeps,
  options: ReconcilerOptions,
  attempt: Attempt,
): Promise<void> {
  try {
    const after = await options.resolveAttempt(attempt);
    const isPending = ['confirming', 'unknown', 'captured'].includes(after.state);
    if (isPending) await deps.attempts.checkAgainIn(after, waitOf(deps, options, after.checks));
  } catch (error) {
    // Its lease brings it back.
    deps.logger.warn({ err: error, paymentId: attempt.id }, 'payment not resolved yet');
  }
}

async function healRefund(deps: ReconcilerDeps, options: ReconcilerOptions, refund: Refund): Promise<void> {
  try {
    const after = await options.carryOutRefund(refund);
    await deps.refunds.checkAgainIn(after.id, waitOf(deps, options, after.checks));
  } catch (error) {
    deps.logger.warn({ err: error, refundId: refund.id }, 'refund not carried out yet');
  }
}

function waitOf(deps: ReconcilerDeps, options: ReconcilerOptions, checks: number): number {
  return backoffMs(checks, options.intervalMs, deps.settings.backoffMaxMs);
}
