/** Jobs of one key run one after the other in their order, jobs of different keys side by side, but only so many. */
export class KeyedWork {
  readonly #most: number;
  readonly #lanes = new Map<string, (() => Promise<void>)[]>();
  readonly #ready: string[] = [];
  #running = 0;

  constructor(mostAtOnce: number) {
    this.#most = mostAtOnce;
  }

  /** Adds a job; it must not reject. */
  add(key: string, job: () => Promise<void>): void {
    const lane = this.#lanes.get(key);
    if (lane !== undefined) return void lane.push(job);
    this.#lanes.set(key, [job]);
    this.#ready.push(key);
    this.#begin();
  }

  get isIdle(): boolean {
    return this.#lanes.size === 0;
  }

  #begin(): void {
    while (this.#running < this.#most) {
      const key = this.#ready.shift();
      if (key === undefined) return;
      this.#running += 1;
      void this.#runNext(key);
    }
  }

  // One job at a turn, so that a long lane does not keep the others waiting.
  async #runNext(key: string): Promise<void> {
    const lane = this.#lanes.get(key) ?? [];
    await lane[0]?.();
    lane.shift();
    if (lane.length === 0) this.#lanes.delete(key);
    else this.#ready.push(key);
    this.#running -= 1;
    this.#begin();
  }
}
