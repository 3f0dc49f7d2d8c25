import { bestSeats } from '../best-seats/best-seats.ts';
import { blocksOf } from '../best-seats/blocks-of.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { seatCode } from '../live/seat-mirror.ts';
import type { ReservationItem } from '../tables.ts';

type SeatItem = ReservationItem & { readonly seatId: number };

const mostChoices = 5;

/**
 * Free seats of the same grades at the same prices, best first, as memory knows them; each choice leaves out the seats
 * of those before. Nothing when a price has changed or too few are free.
 */
export function* equalSeatChoices(
  live: LiveSale,
  lost: readonly ReservationItem[],
  nowMs: number,
): Generator<readonly SeatItem[]> {
  const { layout, prices } = live.sale;
  if (layout === undefined || lost.some((item) => prices.get(item.grade) !== item.price)) return;
  const tried = new Set<number>();
  const isFree = (seatId: number) =>
    !tried.has(seatId) && live.seats.codeAt(seatId, nowMs) === seatCode.available;
  for (let choice = 0; choice < mostChoices; choice += 1) {
    const items: SeatItem[] = [];
    for (const [grade, wanted] of Map.groupBy(lost, (item) => item.grade)) {
      const seatIds = bestSeats(blocksOf(layout, grade), wanted.length, isFree);
      if (seatIds === undefined) return;
      const price = prices.get(grade) ?? 0;
      items.push(...seatIds.map((seatId) => ({ seatId, grade, price })));
    }
    for (const item of items) tried.add(item.seatId);
    yield items;
  }
}
