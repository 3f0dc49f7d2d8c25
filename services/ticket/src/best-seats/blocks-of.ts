import type { SaleLayout } from '../live/sale.ts';
import { type SeatBlock, seatBlocks } from './seat-blocks.ts';

const known = new WeakMap<SaleLayout, Map<string, readonly SeatBlock[]>>();

/** The blocks of a layout's grade; worked out once, as a layout never changes. */
export function blocksOf(layout: SaleLayout, grade: string): readonly SeatBlock[] {
  let byGrade = known.get(layout);
  if (byGrade === undefined) known.set(layout, (byGrade = new Map()));
  let blocks = byGrade.get(grade);
  if (blocks === undefined) byGrade.set(grade, (blocks = seatBlocks(layout.seats, grade)));
  return blocks;
}
