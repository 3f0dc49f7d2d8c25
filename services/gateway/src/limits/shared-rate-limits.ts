import type { LimitClass } from '@urr/contracts/route-contract.ts';
import type { Logger } from '@urr/platform/logger.ts';
import { RedisUnavailable } from '@urr/platform/redis/redis.ts';
import type { LimitHeaders, LocalRateLimits, RateLimits } from './rate-limits.ts';

interface SharedRateLimitsOptions {
  /** Rejects with `RedisUnavailable` when the store cannot say. */
  readonly shared: RateLimits;
  readonly local: LocalRateLimits;
  readonly logger: Logger;
  readonly nowMs?: () => number;
}

/** Limits of all replicas while their store is there, else of this process alone. */
export interface SharedRateLimits extends RateLimits {
  /** Whether the store is asked just now, and how many requests were judged without it so far. */
  state(): { readonly isShared: boolean; readonly judgedLocally: number };
}

/** Failures in a row until the store is left alone. */
const failuresToRest = 3;
const restMs = 1_000;

/**
 * Falls back to the limits of this process when the store is away or slow: a caller may then send as much through each
 * replica. One request a second tries the store again.
 */
export function createSharedRateLimits(options: SharedRateLimitsOptions): SharedRateLimits {
  const { shared, local, logger, nowMs = () => performance.now() } = options;
  const store = { failures: 0, triedAgainAtMs: 0, judgedLocally: 0 };
  const isResting = () => store.failures >= failuresToRest;
  const judgeLocally = (limitClass: LimitClass, caller: string): LimitHeaders => {
    store.judgedLocally += 1;
    return local.take(limitClass, caller);
  };
  const succeed = () => {
    if (isResting()) logger.info('rate limits are shared between replicas again');
    store.failures = 0;
  };
  const fail = (error: unknown) => {
    store.failures += 1;
    if (store.failures !== failuresToRest) return;
    store.triedAgainAtMs = nowMs();
    logger.warn({ err: error }, 'rate limits are kept by each replica alone: Redis is away or slow');
  };
  const ask = async (limitClass: LimitClass, caller: string, asked: Promise<LimitHeaders>) => {
    try {
      const headers = await asked;
      succeed();
      return headers;
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) {
        succeed();
        throw error;
      }
      fail(error);
      return judgeLocally(limitClass, caller);
    }
  };
  return {
    take: (limitClass, caller) => {
      if (isResting()) {
        if (nowMs() < store.triedAgainAtMs + restMs) return judgeLocally(limitClass, caller);
        store.triedAgainAtMs = nowMs();
      }
      const asked = shared.take(limitClass, caller);
      return asked instanceof Promise ? ask(limitClass, caller, asked) : asked;
    },
    state: () => ({ isShared: !isResting(), judgedLocally: store.judgedLocally }),
  };
}
