/** The lowest-ranked few of many numbers, lowest first; the earlier stays before its equal. */
export class Shortlist {
  readonly values: number[] = [];
  readonly ranks: number[] = [];
  readonly #most: number;
  #lowestRefused = Infinity;

  constructor(most: number) {
    this.#most = most;
  }

  offer(value: number, rank: number): void {
    if (rank >= this.#lowestRefused) return;
    const { values, ranks } = this;
    let place = Math.min(values.length, this.#most - 1);
    while (place > 0 && (ranks[place - 1] ?? 0) > rank) {
      values[place] = values[place - 1] ?? 0;
      ranks[place] = ranks[place - 1] ?? 0;
      place -= 1;
    }
    values[place] = value;
    ranks[place] = rank;
    if (values.length === this.#most) this.#lowestRefused = ranks[this.#most - 1] ?? Infinity;
  }
}
