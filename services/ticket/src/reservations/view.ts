import type { Reservation } from '@urr/contracts/ticket.ts';
import type { Selectable } from 'kysely';
import type { Deps } from '../deps.ts';
import type { Sale } from '../live/sale.ts';
import { refundDeadline } from '../live/refund-deadline.ts';
import type { ReservationItem, ReservationsTable } from '../tables.ts';
import { shownState } from './reservation.ts';

/** A reservation's row, and whether its hold has ended by the store's clock. */
export type ReservationRow = Selectable<ReservationsTable> & { readonly is_over: boolean };

/** The reservation as its owner sees it; no refund by the buyer later than `cutoffHours` before the show. */
export function viewOf(row: ReservationRow, sale: Sale | undefined, cutoffHours: number): Reservation {
  return {
    reservationId: row.reservation_id,
    eventId: row.event_id,
    state: shownState(row.state, row.is_over),
    quantity: row.quantity,
    amount: row.amount,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.held_until.toISOString(),
    pinned: row.pinned_at !== null,
    ...placesOf(row.items, sale),
    ...refundDeadline(sale, cutoffHours),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
  };
}

/** Items with the labels printed on their seats and the names of their pools. */
export function placesOf(
  items: readonly ReservationItem[],
  sale: Sale | undefined,
): Pick<Reservation, 'seats' | 'places'> {
  const seats: Reservation['seats'] = [];
  const places: Reservation['places'] = [];
  for (const item of items) {
    if ('seatId' in item) {
      const label = sale?.layout?.seats[item.seatId];
      const { section = '', row = '', seat = '' } = label ?? {};
      seats.push({ seatId: item.seatId, section, row, seat, grade: item.grade, price: item.price });
    } else {
      const pool = sale?.pools.find((candidate) => candidate.ticketTypeId === item.ticketTypeId);
      places.push({ ...item, name: pool?.name ?? { ko: item.grade, en: item.grade } });
    }
  }
  return { seats, places };
}

/** The view of a reservation with its event's labels. */
export async function view(
  { live, config }: Pick<Deps, 'live' | 'config'>,
  row: ReservationRow,
): Promise<Reservation> {
  return viewOf(row, (await live.open(row.event_id))?.sale, config.RETURN_CUTOFF_HOURS);
}
