import { bestGroups } from './best-groups.ts';
import { bestWindow } from './best-window.ts';
import type { GradeBlocks } from './blocks-of.ts';
import { freeRuns, type IsFree, someRuns } from './free-runs.ts';

/**
 * The best free seats of a grade: side by side, front and centre first, leaving no seat alone where that can be
 * avoided. Where no such row is left, the fewest groups, near each other. Undefined when too few are free. Seats kept
 * for wheelchairs are chosen only when no others suffice. Work grows with the seats of the grade, not with the party.
 * `isWanted`, asked once a free run, leaves runs to others as long as the party need not be split further for it.
 */
export function bestSeats(
  { ordinary, all }: GradeBlocks,
  quantity: number,
  isFree: IsFree,
  isWanted?: () => boolean,
): readonly number[] | undefined {
  for (const line of new Set([ordinary, all])) {
    const runs = freeRuns(line, isFree);
    if (runs.seatCount < quantity) continue;
    const apart = isWanted && bestWindow(line, someRuns(runs, isWanted), quantity);
    return apart ?? bestWindow(line, runs, quantity) ?? bestGroups(line, runs, quantity, isWanted);
  }
  return undefined;
}

/** How many seats of a grade are free. */
export function countFree({ all }: GradeBlocks, isFree: IsFree): number {
  return all.seatIds.reduce((count, seatId) => count + Number(seatId >= 0 && isFree(seatId)), 0);
}
