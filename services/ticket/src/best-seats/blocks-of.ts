import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { SaleLayout } from '../live/sale.ts';
import { seatBlocks } from './seat-blocks.ts';
import { type SeatLine, seatLine } from './seat-line.ts';

/** The seats of a grade, ready to be chosen from. */
export interface GradeBlocks {
  /** Without the places kept for wheelchairs and companions. */
  readonly ordinary: SeatLine;
  /** The same line when nothing is kept. */
  readonly all: SeatLine;
}

const known = new WeakMap<SaleLayout, Map<string, GradeBlocks>>();

/** The blocks of a layout's grade; worked out once, as a layout never changes. */
export function blocksOf(layout: SaleLayout, grade: string): GradeBlocks {
  let byGrade = known.get(layout);
  if (byGrade === undefined) known.set(layout, (byGrade = new Map()));
  let blocks = byGrade.get(grade);
  if (blocks === undefined) byGrade.set(grade, (blocks = gradeBlocks(layout.seats, grade)));
  return blocks;
}

/** Lays out the seats of a grade. Blocked seats belong to no block. */
export function gradeBlocks(seats: readonly LayoutSeat[], grade: string): GradeBlocks {
  const isSold = (seat: LayoutSeat) => seat.grade === grade && !seat.flags.includes('blocked');
  const isKept = (seat: LayoutSeat) => seat.flags.includes('wheelchair') || seat.flags.includes('companion');
  const lineOf = (isWanted: (seat: LayoutSeat) => boolean) => seatLine(seats, seatBlocks(seats, isWanted));
  const all = lineOf(isSold);
  const hasKept = seats.some((seat) => isSold(seat) && isKept(seat));
  return { all, ordinary: hasKept ? lineOf((seat) => isSold(seat) && !isKept(seat)) : all };
}
