import type { SeatBlock } from './seat-blocks.ts';

/** Tells whether a seat may be chosen now. */
export type IsFree = (seatId: number) => boolean;

interface Window {
  readonly seatIds: readonly number[];
  readonly cost: number;
}

// More than any distance in a hall, less than taking a kept seat.
const loneSeatCost = 100_000;

/**
 * The best free seats of a grade: side by side, front and centre first, leaving no seat alone where that can be
 * avoided. Where no such row is left, the fewest groups, near each other. Undefined when too few are free.
 */
export function bestSeats(
  blocks: readonly SeatBlock[],
  quantity: number,
  isFree: IsFree,
): readonly number[] | undefined {
  const together = bestWindow(blocks, quantity, isFree);
  return together?.seatIds ?? bestGroups(blocks, quantity, isFree);
}

// Blocks stand best first: once the best seat of a block costs more than what is found, the rest cannot be better.
function bestWindow(blocks: readonly SeatBlock[], quantity: number, isFree: IsFree): Window | undefined {
  let best: Window | undefined;
  for (const block of blocks) {
    if (best !== undefined && block.lowestCost >= best.cost) break;
    for (const window of windowsOf(block, quantity, isFree)) {
      if (best === undefined || window.cost < best.cost) best = window;
    }
  }
  return best;
}

function* windowsOf(block: SeatBlock, quantity: number, isFree: IsFree): Generator<Window> {
  for (const { start, end } of freeRuns(block, isFree)) {
    for (let first = start; first + quantity <= end; first += 1) {
      const left = first - start;
      const right = end - first - quantity;
      const lone = Number(left === 1) + Number(right === 1);
      const seats = block.costs.slice(first, first + quantity);
      const mean = seats.reduce((sum, cost) => sum + cost, 0) / quantity;
      yield {
        seatIds: block.seatIds.slice(first, first + quantity),
        cost: mean + lone * loneSeatCost,
      };
    }
  }
}

function* freeRuns(block: SeatBlock, isFree: IsFree): Generator<{ start: number; end: number }> {
  let start: number | undefined;
  for (let index = 0; index <= block.seatIds.length; index += 1) {
    const seatId = block.seatIds[index];
    const isRun = seatId !== undefined && isFree(seatId);
    if (isRun) start ??= index;
    else if (start !== undefined) {
      yield { start, end: index };
      start = undefined;
    }
  }
}

// The largest group that still stands together, then the rest the same way among what is left.
function bestGroups(
  blocks: readonly SeatBlock[],
  quantity: number,
  isFree: IsFree,
): readonly number[] | undefined {
  for (let size = quantity - 1; size >= 1; size -= 1) {
    const group = bestWindow(blocks, size, isFree);
    if (group === undefined) continue;
    const chosen = new Set(group.seatIds);
    const near = nearestFirst(blocks, group);
    const rest = bestSeats(near, quantity - size, (seatId) => !chosen.has(seatId) && isFree(seatId));
    return rest && [...group.seatIds, ...rest];
  }
  return undefined;
}

// Costs measured from the group's own cost: who is split up should at least sit at a like distance.
function nearestFirst(blocks: readonly SeatBlock[], group: Window): SeatBlock[] {
  return blocks
    .map((block) => {
      const costs = block.costs.map((cost) => Math.abs(cost - group.cost));
      return { seatIds: block.seatIds, costs, lowestCost: Math.min(...costs) };
    })
    .sort((one, other) => one.lowestCost - other.lowestCost);
}
