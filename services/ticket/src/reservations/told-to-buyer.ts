import type { DomainEventData, reservationConfirmed } from '@urr/contracts/domain-events.ts';
import type { Sale } from '../live/sale.ts';
import type { ReservationItem } from '../tables.ts';
import { placesOf } from './view.ts';

/** What a buyer is told of tickets besides their ids. */
export function toldToBuyer(
  sale: Sale,
  items: readonly ReservationItem[],
): Pick<DomainEventData<typeof reservationConfirmed>, 'show' | 'seats' | 'places'> {
  const { seats, places } = placesOf(items, sale);
  return {
    show: { title: sale.title, venue: sale.venue, startsAt: sale.startsAt.toISOString() },
    seats: seats.map(({ section, row, seat, grade }) => ({ section, row, seat, grade })),
    places: places.map(({ name, quantity }) => ({ name, quantity })),
  };
}
