import { gap, type SeatLine } from './seat-line.ts';

/** Tells whether a seat may be chosen now. */
export type IsFree = (seatId: number) => boolean;

/** Free seats side by side, with nobody free next to their ends: `starts[n]` is a position, `lengths[n]` counts seats. */
export interface FreeRuns {
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  readonly seatCount: number;
}

/** All free runs of a line, in one pass. */
export function freeRuns(line: SeatLine, isFree: IsFree): FreeRuns {
  const starts: number[] = [];
  const lengths: number[] = [];
  let seatCount = 0;
  let length = 0;
  for (let position = 0; position < line.seatIds.length; position += 1) {
    const seatId = line.seatIds[position] ?? gap;
    if (seatId !== gap && isFree(seatId)) length += 1;
    else if (length > 0) {
      starts.push(position - length);
      lengths.push(length);
      seatCount += length;
      length = 0;
    }
  }
  return { starts, lengths, seatCount };
}

/** The runs that `isWanted` lets through; it is asked once a run. */
export function someRuns({ starts, lengths }: FreeRuns, isWanted: () => boolean): FreeRuns {
  const some = { starts: [] as number[], lengths: [] as number[], seatCount: 0 };
  for (let run = 0; run < starts.length; run += 1) {
    if (!isWanted()) continue;
    const length = lengths[run] ?? 0;
    some.starts.push(starts[run] ?? 0);
    some.lengths.push(length);
    some.seatCount += length;
  }
  return some;
}
