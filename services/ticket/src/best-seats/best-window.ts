import type { FreeRuns } from './free-runs.ts';
import { costAt, seatsAt, type SeatLine } from './seat-line.ts';

// More than twenty seats at the far end of any hall.
const loneSeatCost = 1_000_000_000;

/** The best seats side by side; undefined when no run is long enough. */
export function bestWindow(
  line: SeatLine,
  { starts, lengths }: FreeRuns,
  quantity: number,
): readonly number[] | undefined {
  let best: number | undefined;
  let bestCost = Infinity;
  for (let run = 0; run < starts.length; run += 1) {
    const [start, length] = [starts[run] ?? 0, lengths[run] ?? 0];
    if (length < quantity) continue;
    const first = bestFirst(line, start, length, quantity);
    const cost = windowCost(line, start, length, first, quantity);
    if (cost < bestCost) [best, bestCost] = [first, cost];
  }
  return best === undefined ? undefined : seatsAt(line, best, quantity);
}

/** Where in a run to begin: leaving nobody alone if that can be, then the most comfortable. */
export function bestFirst(line: SeatLine, start: number, length: number, quantity: number): number {
  let best = start;
  let bestCost = Infinity;
  for (let first = start; first + quantity <= start + length; first += 1) {
    const cost = windowCost(line, start, length, first, quantity);
    if (cost < bestCost) [best, bestCost] = [first, cost];
  }
  return best;
}

function windowCost(line: SeatLine, start: number, length: number, first: number, quantity: number): number {
  const left = first - start;
  const right = start + length - first - quantity;
  const lone = Number(left === 1) + Number(right === 1);
  return costAt(line, first, quantity) + lone * loneSeatCost;
}
