import type { LiveSale } from '../live/live-sale.ts';

/** After a lost race, choices are spread for so long from the start. Milliseconds. */
const memoryMs = 1_000;

/** Races for the seats of a sale that this process lost to others: their buyers look again together and spread out. */
export class Contention {
  readonly #lostAtMs = new WeakMap<LiveSale, number>();
  readonly #looks = new WeakMap<LiveSale, Promise<void>>();

  noteLost(live: LiveSale): void {
    this.#lostAtMs.set(live, performance.now());
  }

  /** Waits for one look at the rows, however many ask for it. */
  async lookAgain(live: LiveSale, look: () => Promise<void>): Promise<void> {
    let looking = this.#looks.get(live);
    if (looking === undefined) {
      looking = look().finally(() => this.#looks.delete(live));
      this.#looks.set(live, looking);
    }
    return looking;
  }

  /**
   * Whether a free run is to be considered at the attempt after so many lost ones: all while nobody else is seen, then
   * every second, fourth, … at random, for what all find best only one can have. Undefined: all.
   */
  spread(live: LiveSale, lostRaces: number): (() => boolean) | undefined {
    const isContended = performance.now() - (this.#lostAtMs.get(live) ?? -Infinity) < memoryMs;
    const level = lostRaces + Number(isContended);
    return level === 0 ? undefined : () => Math.random() < 0.5 ** level;
  }
}
