import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';

// Neighbours sit 45 to 60 cm apart; an aisle is wider than this.
const neighbourCentimetres = 90;

/** Cuts the wanted seats of a layout into blocks: seats side by side, from one end to the other. */
export function seatBlocks(
  seats: readonly LayoutSeat[],
  isWanted: (seat: LayoutSeat) => boolean,
): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  for (const row of rowsOf(seats, isWanted)) {
    let block: number[] = [];
    for (const seatId of inOrder(seats, row)) {
      const last = block.at(-1);
      if (last === undefined || !areNeighbours(seats[last], seats[seatId])) blocks.push((block = []));
      block.push(seatId);
    }
  }
  return blocks;
}

function rowsOf(
  seats: readonly LayoutSeat[],
  isWanted: (seat: LayoutSeat) => boolean,
): Iterable<readonly number[]> {
  const rows = new Map<string, number[]>();
  for (const [seatId, seat] of seats.entries()) {
    if (!isWanted(seat)) continue;
    // The length keeps section "1", row "12" apart from section "11", row "2".
    const key = `${seat.section.length}/${seat.section}${seat.row}`;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [seatId]);
    else row.push(seatId);
  }
  return rows.values();
}

// A row at the side of the stage runs away from it: there x tells seats apart less well than y.
function inOrder(seats: readonly LayoutSeat[], row: readonly number[]): readonly number[] {
  const xOf = (seatId: number) => seats[seatId]?.x ?? 0;
  const yOf = (seatId: number) => seats[seatId]?.y ?? 0;
  const along = spread(row, xOf) >= spread(row, yOf) ? xOf : yOf;
  return row.toSorted((one, other) => along(one) - along(other));
}

function spread(row: readonly number[], valueOf: (seatId: number) => number): number {
  let [least, most] = [Infinity, -Infinity];
  for (const seatId of row) {
    least = Math.min(least, valueOf(seatId));
    most = Math.max(most, valueOf(seatId));
  }
  return most - least;
}

function areNeighbours(one: LayoutSeat | undefined, other: LayoutSeat | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return Math.hypot(one.x - other.x, one.y - other.y) <= neighbourCentimetres;
}
