import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@urr/platform/problem.ts';
import { withDeadline } from '@urr/platform/deadline.ts';
import { RedisUnavailable } from '@urr/platform/redis/redis.ts';

/** One try; `again` when something was mended first. */
export type Attempt<Value> = 'again' | { readonly value: Value | undefined };

const retryMs = 50;
/** What one try is given, however late. */
const leastMs = 1_000;

/**
 * How long requests wait for a line that cannot be asked or is being loaded. While it is in trouble, patience is counted
 * from the beginning of that: who comes later waits no longer than who came first.
 */
export class Patience {
  readonly #patienceMs: number;
  readonly #isLoading: (eventId: string) => boolean;
  /** Since when lines are in trouble, by this process's monotonic clock. */
  readonly #troubledSince = new Map<string, number>();

  constructor(patienceMs: number, isLoading: (eventId: string) => boolean) {
    this.#patienceMs = patienceMs;
    this.#isLoading = isLoading;
  }

  /** Tries until it succeeds or patience ends, which is a 503; what Redis cannot do now is tried again after a moment. */
  async tryUntilLate<Value>(
    eventId: string,
    attempt: () => Promise<Attempt<Value>>,
  ): Promise<Value | undefined> {
    const endsAt = performance.now() + this.#patienceMs;
    for (let tries = 1; ; tries += 1) {
      const leftMs = Math.min(endsAt, this.#troubleEndsAt(eventId)) - performance.now();
      if (leftMs <= 0 && (tries > 1 || this.#isLoading(eventId))) throw late();
      try {
        const tried = await withDeadline(attempt(), Math.max(leftMs, leastMs), late);
        if (tried !== 'again') return tried.value;
        if (tries % 4 === 0) await sleep(retryMs);
      } catch (error) {
        if (!(error instanceof RedisUnavailable)) throw error;
        this.beginTrouble(eventId);
        if (leftMs <= retryMs) throw late(error);
        await sleep(retryMs);
      }
    }
  }

  beginTrouble(eventId: string): void {
    if (!this.#troubledSince.has(eventId)) this.#troubledSince.set(eventId, performance.now());
  }

  endTrouble(eventId: string): void {
    this.#troubledSince.delete(eventId);
  }

  #troubleEndsAt(eventId: string): number {
    const since = this.#troubledSince.get(eventId);
    return since === undefined ? Infinity : since + this.#patienceMs;
  }
}

function late(cause?: unknown): Problem {
  return new Problem('upstream-unavailable', { retryAfter: 1, cause });
}
