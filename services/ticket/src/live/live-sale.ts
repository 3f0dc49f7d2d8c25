import { PoolMirror } from './pool-mirror.ts';
import type { Sale } from './sale.ts';
import { seatCode, SeatMirror } from './seat-mirror.ts';
import type { Sight } from './store.ts';

/** Memory older than this is not believed. Milliseconds. */
export const trustMs = 1_000;

/** An event on sale with its places in memory. */
export class LiveSale {
  readonly sale: Sale;
  readonly seats: SeatMirror;
  readonly pools = new PoolMirror();
  /** Cursor of the next look. */
  since = 0;
  /** Local monotonic time the last look was asked for. */
  #seenAtMs = -Infinity;
  readonly #wanted = new Set<number>();
  lastUsedAtMs = performance.now();

  constructor(sale: Sale) {
    this.sale = sale;
    this.seats = new SeatMirror(sale.layout?.seats.length ?? 0);
  }

  /** True while memory is young enough to refuse from. */
  get isFresh(): boolean {
    return performance.now() - this.#seenAtMs <= trustMs;
  }

  /** Notes seats that a request of this process is about to take; answers how to forget them. */
  want(seatIds: readonly number[]): () => void {
    for (const seatId of seatIds) this.#wanted.add(seatId);
    return () => {
      for (const seatId of seatIds) this.#wanted.delete(seatId);
    };
  }

  isWanted(seatId: number): boolean {
    return this.#wanted.has(seatId);
  }

  /** Seats given back by this process; the next look tells the rest. */
  seeFreed(seatIds: readonly number[], changedIn: number): void {
    for (const seatId of seatIds)
      this.seats.see({ seatId, code: seatCode.available, heldUntilMs: 0, changedIn });
  }

  take(sight: Sight, askedAtMs: number): void {
    for (const [seatId, code, heldUntilMs, changedIn] of sight.seats ?? [])
      this.seats.see({ seatId, code, heldUntilMs, changedIn });
    for (const [ticketTypeId, left, nextEndMs, sold] of sight.pools ?? [])
      this.pools.see({ ticketTypeId, left, nextEndMs, sold });
    this.since = sight.snapshot_xmin;
    this.#seenAtMs = askedAtMs;
  }
}
