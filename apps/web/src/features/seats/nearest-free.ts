import { seatFlagBits } from '@urr/contracts/ticket-reads.ts';
import type { Hall } from './hall.ts';
import type { SeatBoard } from './seat-board.ts';
import type { SeatGrid } from './seat-grid.ts';

/** Farthest that still counts as nearby at first; doubled until something is found. Centimetres. */
const firstReach = 300;
/** Seats made for some people are offered to nobody who did not choose one. */
const personal = seatFlagBits.wheelchair | seatFlagBits.companion;

/** The free seat of the same grade and kind nearest to a seat that went; `undefined` when there is none. */
export function nearestFreeSeat(
  { hall, board, grid }: { readonly hall: Hall; readonly board: SeatBoard; readonly grid: SeatGrid },
  seatId: number,
  excluded: ReadonlySet<number>,
): number | undefined {
  const grade = hall.grade[seatId];
  const kind = (hall.flags[seatId] ?? 0) & personal;
  const [x, y] = [hall.x[seatId] ?? 0, hall.y[seatId] ?? 0];
  const passes = (candidate: number) =>
    candidate !== seatId &&
    board.isFree(candidate) &&
    hall.grade[candidate] === grade &&
    ((hall.flags[candidate] ?? 0) & personal) === kind &&
    !excluded.has(candidate);
  const farthest = Math.hypot(hall.bounds.right - hall.bounds.left, hall.bounds.bottom - hall.bounds.top);
  for (let reach = firstReach; reach < farthest * 2; reach *= 2) {
    const found = grid.nearest(x, y, reach, passes);
    if (found !== undefined) return found;
  }
  return undefined;
}
