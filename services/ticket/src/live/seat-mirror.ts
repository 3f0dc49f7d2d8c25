import type { SeatState } from '../tables.ts';

/** Codes of the packed status: two bits a seat. */
export const seatCode = { available: 0, held: 1, sold: 2, blocked: 3 } as const satisfies Record<
  SeatState,
  number
>;
export type SeatCode = 0 | 1 | 2 | 3;

const states: readonly SeatState[] = ['available', 'held', 'sold', 'blocked'];

/** One seat as its row was last seen. */
export interface SeenSeat {
  readonly seatId: number;
  readonly code: SeatCode;
  /** By the store's clock; 0 unless held. Milliseconds since the epoch. */
  readonly heldUntilMs: number;
  /** Transaction that wrote it: an older sight never replaces a newer one. */
  readonly changedIn: number;
}

/** All seats of one event in memory, at most one tick old. It refuses early and shows status; it never sells. */
export class SeatMirror {
  readonly seatCount: number;
  readonly #codes: Uint8Array;
  readonly #heldUntilMs: Float64Array;
  readonly #changedIn: Float64Array;
  #version = 0;

  constructor(seatCount: number) {
    this.seatCount = seatCount;
    this.#codes = new Uint8Array(seatCount);
    this.#heldUntilMs = new Float64Array(seatCount);
    this.#changedIn = new Float64Array(seatCount);
  }

  /** Grows with every row that changed; the end of a hold by time alone does not count. */
  get version(): number {
    return this.#version;
  }

  /** Takes over a sight of a row unless a newer one is known. */
  see({ seatId, code, changedIn, ...seen }: SeenSeat): void {
    // Sights come with and without microseconds; whole milliseconds make them equal.
    const heldUntilMs = Math.floor(seen.heldUntilMs);
    if (seatId >= this.seatCount || changedIn < (this.#changedIn[seatId] ?? 0)) return;
    if (this.#codes[seatId] !== code || this.#heldUntilMs[seatId] !== heldUntilMs) this.#version += 1;
    this.#codes[seatId] = code;
    this.#heldUntilMs[seatId] = heldUntilMs;
    this.#changedIn[seatId] = changedIn;
  }

  /** Code of a seat at an instant of the store's clock: a hold that has ended counts as available. */
  codeAt(seatId: number, nowMs: number): SeatCode {
    const code = (this.#codes[seatId] ?? seatCode.blocked) as SeatCode;
    if (code === seatCode.held && (this.#heldUntilMs[seatId] ?? 0) <= nowMs) return seatCode.available;
    return code;
  }

  stateAt(seatId: number, nowMs: number): SeatState {
    return states[this.codeAt(seatId, nowMs)] ?? 'blocked';
  }

  /** When a seat's hold ends; 0 when it is not held. */
  heldUntilMs(seatId: number): number {
    return this.#codes[seatId] === seatCode.held ? (this.#heldUntilMs[seatId] ?? 0) : 0;
  }
}
