/** Least distance between two places, middle to middle. Centimetres. */
export const leastSpacing = 45;

// Coordinates have one decimal: in whole millimetres the comparison is exact.
const least = leastSpacing * 10;

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly line: number;
}

/** Finds places that stand on each other: a grid of cells as wide as the least distance, so only neighbours are compared. */
export class SeatSpacing {
  readonly #cells = new Map<string, Placed[]>();

  /** Places a seat (centimetres) and answers the line of one that is too close, if any. */
  place(x: number, y: number, line: number): number | undefined {
    const placed = { x: Math.round(x * 10), y: Math.round(y * 10), line };
    const column = Math.floor(placed.x / least);
    const row = Math.floor(placed.y / least);
    const near = this.#nearest(placed, column, row);
    // A place at fault is not kept, so no cell is ever crowded.
    if (near !== undefined) return near;
    const key = `${column}:${row}`;
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), placed]);
    return undefined;
  }

  #nearest(placed: Placed, column: number, row: number): number | undefined {
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        const cell = this.#cells.get(`${column + dx}:${row + dy}`) ?? [];
        const close = cell.find((other) => isClose(placed, other));
        if (close !== undefined) return close.line;
      }
    }
    return undefined;
  }
}

function isClose(one: Placed, other: Placed): boolean {
  return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < least ** 2;
}
