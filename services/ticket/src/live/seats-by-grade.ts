import type { Sale } from './sale.ts';
import { type SeatCode, seatCode } from './seat-mirror.ts';

/** Seats of one grade and what has become of them. */
export interface SeatsOfGrade {
  readonly grade: string;
  readonly price: number;
  readonly total: number;
  readonly left: number;
  readonly held: number;
  readonly sold: number;
}

/** Counts an event's seats in the order of its prices; a blocked seat does not count, nor does a grade without seats. */
export function seatsByGrade(
  { prices, layout }: Sale,
  codeOf: (seatId: number) => SeatCode,
): readonly SeatsOfGrade[] {
  const rows = new Map(
    [...prices].map(([grade, price]) => [grade, { grade, price, total: 0, left: 0, held: 0, sold: 0 }]),
  );
  for (const [seatId, seat] of (layout?.seats ?? []).entries()) {
    const row = rows.get(seat.grade);
    const code = codeOf(seatId);
    if (row === undefined || code === seatCode.blocked) continue;
    row.total += 1;
    if (code === seatCode.held) row.held += 1;
    else if (code === seatCode.sold) row.sold += 1;
    else row.left += 1;
  }
  return [...rows.values()].filter((row) => row.total > 0);
}
