import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';

/** Stands between two blocks where a seat's id would stand. */
export const gap = -1;

/** Blocks of seats laid end to end, a gap after each; worked out once, read on every choice. A position counts both. */
export interface SeatLine {
  readonly seatIds: Int32Array;
  /** Whole centimetres. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Sum of the costs before a position: a window costs the difference of two. Whole numbers, so ties are exact. */
  readonly costSums: Float64Array;
}

// A step to the side counts more than a step back: front and centre first.
const sidewaysWeight = 1.3;
// As bad as ten rows further back.
const restrictedViewCost = 1_000;
/** No seat is further away, so that sums stay exact whatever a layout says. Centimetres. */
const farthest = 1_000_000;

/** Lays blocks end to end. */
export function seatLine(seats: readonly LayoutSeat[], blocks: readonly (readonly number[])[]): SeatLine {
  const length = blocks.reduce((sum, block) => sum + block.length + 1, 0);
  const line = {
    seatIds: new Int32Array(length).fill(gap),
    x: new Float64Array(length),
    y: new Float64Array(length),
    costSums: new Float64Array(length + 1),
  };
  let position = 0;
  for (const block of blocks) {
    for (const seatId of block) put(line, position++, seatId, seats[seatId]);
    line.costSums[position + 1] = line.costSums[position] ?? 0;
    position += 1;
  }
  return line;
}

function put(line: SeatLine, position: number, seatId: number, seat: LayoutSeat | undefined): void {
  if (seat === undefined) return;
  line.seatIds[position] = seatId;
  line.x[position] = withinHall(seat.x);
  line.y[position] = withinHall(seat.y);
  line.costSums[position + 1] = (line.costSums[position] ?? 0) + costOf(seat);
}

/** What a seat costs in comfort, in centimetres from the middle of the stage; lower is better. */
function costOf(seat: LayoutSeat): number {
  const distance = withinHall(Math.hypot(seat.x * sidewaysWeight, seat.y));
  return distance + (seat.flags.includes('restricted-view') ? restrictedViewCost : 0);
}

function withinHall(centimetres: number): number {
  return Math.round(Math.min(farthest, Math.max(-farthest, centimetres)));
}

/** The seats at so many positions. */
export function seatsAt(line: SeatLine, first: number, count: number): number[] {
  return [...line.seatIds.subarray(first, first + count)];
}

/** What so many seats cost together. */
export function costAt(line: SeatLine, first: number, count: number): number {
  return (line.costSums[first + count] ?? 0) - (line.costSums[first] ?? 0);
}
