import { Problem } from '@urr/platform/problem.ts';

/**
 * Lets works that share a key run one after the other. Nobody holds a key while waiting for another, so nothing can
 * lock up; whoever waits asks again, each time it is woken, whether its work has become pointless.
 */
export class Turns {
  readonly #busy = new Map<string, Promise<void>>();
  readonly #mostWaiting: number;
  #waiting = 0;

  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
  }

  /** Runs `work` in its turn, or answers what `pointless` says first. Too many waiting: `overloaded`. */
  async run<Value>(
    keys: readonly string[],
    pointless: () => Value | undefined,
    work: () => Promise<Value>,
  ): Promise<Value> {
    for (;;) {
      const answer = pointless();
      if (answer !== undefined) return answer;
      const busy = this.#firstBusy(keys);
      if (busy === undefined) return this.#runNow(keys, work);
      await this.#wait(busy);
    }
  }

  #firstBusy(keys: readonly string[]): Promise<void> | undefined {
    for (const key of keys) {
      const busy = this.#busy.get(key);
      if (busy !== undefined) return busy;
    }
    return undefined;
  }

  async #wait(busy: Promise<void>): Promise<void> {
    if (this.#waiting >= this.#mostWaiting) throw new Problem('overloaded', { retryAfter: 1 });
    this.#waiting += 1;
    await busy;
    this.#waiting -= 1;
  }

  async #runNow<Value>(keys: readonly string[], work: () => Promise<Value>): Promise<Value> {
    const turn = Promise.withResolvers<void>();
    for (const key of keys) this.#busy.set(key, turn.promise);
    try {
      return await work();
    } finally {
      for (const key of keys) this.#busy.delete(key);
      turn.resolve();
    }
  }
}
