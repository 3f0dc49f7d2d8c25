/** Free places of one pool as last seen. */
export interface SeenPool {
  readonly ticketTypeId: string;
  /** Places free at that instant. */
  readonly left: number;
  /** When the next hold ends, by the store's clock; places cannot come back by time before. 0: no hold. */
  readonly nextEndMs: number;
  /** Absent where only a hold was decided: as seen before. */
  readonly sold?: number;
}

/** Pools of one event in memory, at most one tick old. */
export class PoolMirror {
  readonly #pools = new Map<string, SeenPool>();

  see(pool: SeenPool): void {
    this.#pools.set(pool.ticketTypeId, { sold: this.sold(pool.ticketTypeId), ...pool });
  }

  /** Free places as last seen; undefined for a pool never seen. */
  left(ticketTypeId: string): number | undefined {
    return this.#pools.get(ticketTypeId)?.left;
  }

  /** Sold places as last seen. */
  sold(ticketTypeId: string): number {
    return this.#pools.get(ticketTypeId)?.sold ?? 0;
  }

  /** When the pool's next hold ends; 0 without holds. */
  nextEndMs(ticketTypeId: string): number {
    return this.#pools.get(ticketTypeId)?.nextEndMs ?? 0;
  }

  /** True when so many places cannot be free at this instant of the store's clock, as far as memory knows. */
  lacks(ticketTypeId: string, quantity: number, nowMs: number): boolean {
    const pool = this.#pools.get(ticketTypeId);
    if (pool === undefined || pool.left >= quantity) return false;
    return pool.nextEndMs === 0 || pool.nextEndMs > nowMs;
  }
}
