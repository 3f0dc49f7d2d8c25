import { type Bounds, boundsOf } from './geometry.ts';

/** Edge of a cell, in centimetres: a few seats each. */
const cellSize = 200;

/** Finds seats by where they are. Cells hold their seats one after the other in one column. */
export class SeatGrid {
  readonly #x: ArrayLike<number>;
  readonly #y: ArrayLike<number>;
  readonly #bounds: Bounds;
  readonly #columns: number;
  readonly #rows: number;
  readonly #start: Int32Array;
  readonly #seats: Int32Array;

  constructor(x: ArrayLike<number>, y: ArrayLike<number>) {
    this.#x = x;
    this.#y = y;
    this.#bounds = boundsOf(x, y);
    this.#columns = Math.floor((this.#bounds.right - this.#bounds.left) / cellSize) + 1;
    this.#rows = Math.floor((this.#bounds.bottom - this.#bounds.top) / cellSize) + 1;
    this.#start = new Int32Array(this.#columns * this.#rows + 1);
    this.#seats = new Int32Array(x.length);
    this.#fill();
  }

  #fill(): void {
    for (let seat = 0; seat < this.#x.length; seat += 1) {
      const after = this.#cellOf(seat) + 1;
      this.#start[after] = (this.#start[after] ?? 0) + 1;
    }
    for (let cell = 1; cell < this.#start.length; cell += 1)
      this.#start[cell] = (this.#start[cell] ?? 0) + (this.#start[cell - 1] ?? 0);
    const next = this.#start.slice();
    for (let seat = 0; seat < this.#x.length; seat += 1) {
      const cell = this.#cellOf(seat);
      const at = next[cell] ?? 0;
      this.#seats[at] = seat;
      next[cell] = at + 1;
    }
  }

  #cellOf(seat: number): number {
    return this.#rowOf(this.#y[seat] ?? 0) * this.#columns + this.#columnOf(this.#x[seat] ?? 0);
  }

  #columnOf(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#bounds.left) / cellSize)));
  }

  #rowOf(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#bounds.top) / cellSize)));
  }

  /** Calls `visit` for every seat in a rectangle, edges included. */
  eachIn({ left, top, right, bottom }: Bounds, visit: (seatId: number) => void): void {
    const [firstColumn, lastColumn] = [this.#columnOf(left), this.#columnOf(right)];
    for (let row = this.#rowOf(top); row <= this.#rowOf(bottom); row += 1) {
      const from = this.#start[row * this.#columns + firstColumn] ?? 0;
      const to = this.#start[row * this.#columns + lastColumn + 1] ?? 0;
      for (let at = from; at < to; at += 1) {
        const seat = this.#seats[at] ?? 0;
        const [x, y] = [this.#x[seat] ?? 0, this.#y[seat] ?? 0];
        if (x >= left && x <= right && y >= top && y <= bottom) visit(seat);
      }
    }
  }

  /** The seat nearest to a point within a distance that passes; `undefined` when there is none. */
  nearest(
    x: number,
    y: number,
    within: number,
    passes: (seatId: number) => boolean = () => true,
  ): number | undefined {
    let found: number | undefined;
    let shortest = within * within;
    this.eachIn({ left: x - within, top: y - within, right: x + within, bottom: y + within }, (seat) => {
      const distance = ((this.#x[seat] ?? 0) - x) ** 2 + ((this.#y[seat] ?? 0) - y) ** 2;
      const isBetter = distance < shortest || (distance === shortest && found === undefined);
      if (isBetter && passes(seat)) [found, shortest] = [seat, distance];
    });
    return found;
  }
}
