import type { GradeFigures } from '@urr/contracts/ticket-figures.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { seatsByGrade } from '../live/seats-by-grade.ts';

/** What has become of an event's places, by grade, at an instant of the store's clock. */
export function gradeFigures(live: LiveSale, nowMs: number): GradeFigures[] {
  if (live.sale.layout === undefined) return figuresOfPools(live);
  const seats = seatsByGrade(live.sale, (seatId) => live.seats.codeAt(seatId, nowMs));
  return seats.map(({ grade, total, held, sold, left }) => ({ grade, total, held, sold, left }));
}

function figuresOfPools(live: LiveSale): GradeFigures[] {
  const figures = new Map<string, GradeFigures>();
  for (const { ticketTypeId, grade, quantity } of live.sale.pools) {
    const row = figures.get(grade) ?? { grade, total: 0, held: 0, sold: 0, left: 0 };
    const sold = live.pools.sold(ticketTypeId);
    // A hold of this process changes what is left before the next look tells what is sold.
    const left = Math.min(live.pools.left(ticketTypeId) ?? 0, quantity - sold);
    row.total += quantity;
    row.sold += sold;
    row.left += left;
    row.held += quantity - sold - left;
    figures.set(grade, row);
  }
  return [...figures.values()];
}
