import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';

/** Seats of one grade that stand side by side, from one end to the other. */
export interface SeatBlock {
  readonly seatIds: readonly number[];
  /** What each seat costs in comfort, in centimetres from the middle of the stage; lower is better. */
  readonly costs: readonly number[];
  readonly lowestCost: number;
}

// Neighbours sit 45 to 60 cm apart; an aisle is wider than this.
const neighbourCentimetres = 90;
// A step to the side counts more than a step back: front and centre first.
const sidewaysWeight = 1.3;
// As bad as ten rows further back.
const restrictedViewCost = 1_000;
/** Kept for who needs them as long as anything else is free. */
export const keptCost = 1_000_000;

/** Cuts a layout's seats of one grade into blocks, best first. Blocked seats belong to none. */
export function seatBlocks(seats: readonly LayoutSeat[], grade: string): SeatBlock[] {
  const blocks: number[][] = [];
  let block: number[] | undefined;
  for (const seatId of inRowOrder(seats, grade)) {
    const last = block?.at(-1);
    if (block === undefined || last === undefined || !areNeighbours(seats[last], seats[seatId])) {
      block = [];
      blocks.push(block);
    }
    block.push(seatId);
  }
  return blocks
    .map((seatIds) => costed(seats, seatIds))
    .sort((one, other) => one.lowestCost - other.lowestCost);
}

function inRowOrder(seats: readonly LayoutSeat[], grade: string): number[] {
  const rows = new Map<string, number[]>();
  for (const [seatId, seat] of seats.entries()) {
    if (seat.grade !== grade || seat.flags.includes('blocked')) continue;
    const key = JSON.stringify([seat.section, seat.row]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [seatId]);
    else row.push(seatId);
  }
  const xOf = (seatId: number) => seats[seatId]?.x ?? 0;
  const yOf = (seatId: number) => seats[seatId]?.y ?? 0;
  // A row at the side of the stage runs away from it: there x tells seats apart less well than y.
  return [...rows.values()].flatMap((row) => {
    const runsSideways = spread(row.map(xOf)) >= spread(row.map(yOf));
    const along = runsSideways ? xOf : yOf;
    return row.sort((one, other) => along(one) - along(other));
  });
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function areNeighbours(one: LayoutSeat | undefined, other: LayoutSeat | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.section !== other.section || one.row !== other.row) return false;
  return Math.hypot(one.x - other.x, one.y - other.y) <= neighbourCentimetres;
}

function costed(seats: readonly LayoutSeat[], seatIds: readonly number[]): SeatBlock {
  const costs = seatIds.map((seatId) => costOf(seats[seatId]));
  return { seatIds, costs, lowestCost: Math.min(...costs) };
}

function costOf(seat: LayoutSeat | undefined): number {
  if (seat === undefined) return Infinity;
  const isKept = seat.flags.includes('wheelchair') || seat.flags.includes('companion');
  return (
    Math.hypot(seat.x * sidewaysWeight, seat.y) +
    (seat.flags.includes('restricted-view') ? restrictedViewCost : 0) +
    (isKept ? keptCost : 0)
  );
}
