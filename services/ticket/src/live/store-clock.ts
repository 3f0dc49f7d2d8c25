/** The store's clock as seen from here: monotonic time plus an offset measured with every tick. */
export class StoreClock {
  #offsetMs: number | undefined;

  /** Milliseconds since the epoch by the store's clock; accurate to one round trip. */
  nowMs(): number {
    return performance.now() + (this.#offsetMs ?? performance.timeOrigin);
  }

  /** The store said `storeMs` somewhere between two local readings of `performance.now()`. */
  observe(storeMs: number, askedAtMs: number, answeredAtMs: number): void {
    this.#offsetMs = storeMs - (askedAtMs + answeredAtMs) / 2;
  }
}
