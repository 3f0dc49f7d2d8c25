import type { GradeFigures } from '@urr/contracts/ticket-figures.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { seatCode } from '../live/seat-mirror.ts';

/** What has become of an event's places, by grade, at an instant of the store's clock. */
export function gradeFigures(live: LiveSale, nowMs: number): GradeFigures[] {
  const figures = new Map<string, GradeFigures>();
  const rowOf = (grade: string) => {
    const row = figures.get(grade) ?? { grade, total: 0, held: 0, sold: 0, left: 0 };
    figures.set(grade, row);
    return row;
  };
  for (const grade of live.sale.prices.keys()) rowOf(grade);
  addSeats(live, nowMs, rowOf);
  addPools(live, rowOf);
  return [...figures.values()].filter((row) => row.total > 0);
}

function addSeats(live: LiveSale, nowMs: number, rowOf: (grade: string) => GradeFigures): void {
  for (const [seatId, seat] of (live.sale.layout?.seats ?? []).entries()) {
    const code = live.seats.codeAt(seatId, nowMs);
    if (code === seatCode.blocked) continue;
    const row = rowOf(seat.grade);
    row.total += 1;
    if (code === seatCode.held) row.held += 1;
    else if (code === seatCode.sold) row.sold += 1;
    else row.left += 1;
  }
}

function addPools(live: LiveSale, rowOf: (grade: string) => GradeFigures): void {
  for (const { ticketTypeId, grade, quantity } of live.sale.pools) {
    const row = rowOf(grade);
    const sold = live.pools.sold(ticketTypeId);
    // A hold of this process changes what is left before the next look tells what is sold.
    const left = Math.min(live.pools.left(ticketTypeId) ?? 0, quantity - sold);
    row.total += quantity;
    row.sold += sold;
    row.left += left;
    row.held += quantity - sold - left;
  }
}
