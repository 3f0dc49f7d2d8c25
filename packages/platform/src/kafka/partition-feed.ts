/** One record as it lies in a partition. */
export interface FedRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

interface Outstanding {
  readonly offset: bigint;
  isDone: boolean;
}

/** Most records taken and not yet digested; no more are fetched until some are. */
const most = 1_000;

/** How far one partition is read, and how far digested. What is committed is always true: everything below is digested. */
export class PartitionFeed {
  readonly partition: number;
  /** Set when the partition went to another member: what is not begun is left to that member. */
  readonly dropped = new AbortController();
  /** Next offset to read; unknown until the group's was asked for. */
  position: bigint | undefined;
  committed: bigint | undefined;
  #outstanding: Outstanding[] = [];
  #first = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  get hasRoom(): boolean {
    return this.position !== undefined && this.#outstanding.length - this.#first < most;
  }

  /** Notes a record as taken; answers false for one that was taken before. */
  take(offset: bigint): boolean {
    if (this.position === undefined || offset < this.position) return false;
    this.position = offset + 1n;
    this.#outstanding.push({ offset, isDone: false });
    return true;
  }

  /** Notes that nothing is left to read below `offset`. */
  skipTo(offset: bigint): void {
    if (this.position !== undefined && offset > this.position) this.position = offset;
  }

  done(offset: bigint): void {
    const index = this.#indexOf(offset);
    const found = this.#outstanding[index];
    if (found !== undefined) found.isDone = true;
    while (this.#outstanding[this.#first]?.isDone === true) this.#first += 1;
    if (this.#first > most) {
      this.#outstanding = this.#outstanding.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The offset below which everything is digested; `undefined` when the group knows it already. */
  get toCommit(): bigint | undefined {
    const upTo = this.#outstanding[this.#first]?.offset ?? this.position;
    return upTo === this.committed ? undefined : upTo;
  }

  // Offsets stand in ascending order.
  #indexOf(offset: bigint): number {
    let [low, high] = [this.#first, this.#outstanding.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#outstanding[middle]?.offset ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return this.#outstanding[low]?.offset === offset ? low : -1;
  }
}
