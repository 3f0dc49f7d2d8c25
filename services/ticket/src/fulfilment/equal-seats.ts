import type { LiveSale } from '../live/live-sale.ts';
import type { ReservationItem } from '../tables.ts';

type SeatItem = ReservationItem & { readonly seatId: number };

/** Sets of free seats of the same grades and prices. */
export function* equalSeatChoices(
  _live: LiveSale,
  _items: readonly ReservationItem[],
  _nowMs: number,
): Generator<readonly SeatItem[]> {}
