import type { GradeStock } from '@urr/contracts/ticket-internal.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { seatsByGrade } from '../live/seats-by-grade.ts';

/** Stock by grade of the events that exist, at most one tick old; no statement per request once an event is open. */
export async function readStock(deps: Pick<Deps, 'live'>, eventIds: readonly string[]) {
  const lives = await Promise.all(eventIds.map((eventId) => deps.live.open(eventId)));
  return lives
    .filter((live) => live !== undefined)
    .map((live) => ({ eventId: live.sale.eventId, grades: stockOf(live, deps.live.clock.nowMs()) }));
}

/** Free places by grade at an instant of the store's clock. */
function stockOf(live: LiveSale, nowMs: number): GradeStock[] {
  return live.sale.layout === undefined ? stockOfPools(live) : stockOfSeats(live, nowMs);
}

function stockOfSeats(live: LiveSale, nowMs: number): GradeStock[] {
  const seats = seatsByGrade(live.sale, (seatId) => live.seats.codeAt(seatId, nowMs));
  return seats.map(({ grade, price, total, left }) => ({ grade, price, total, left }));
}

function stockOfPools(live: LiveSale): GradeStock[] {
  const stock = new Map<string, GradeStock>();
  for (const { ticketTypeId, grade, price, quantity } of live.sale.pools) {
    const row = stock.get(grade) ?? { grade, price, total: 0, left: 0 };
    row.total += quantity;
    row.left += live.pools.left(ticketTypeId) ?? 0;
    row.price = Math.min(row.price, price);
    stock.set(grade, row);
  }
  return [...stock.values()];
}
