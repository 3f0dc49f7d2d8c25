import type { Bilingual } from '@urr/contracts/primitives.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';

/** Places of one grade and price, as a bill lists them. Won. */
export interface PlaceLine {
  readonly key: string;
  readonly grade: string;
  /** Name of a pool; seats have none. */
  readonly name: Bilingual | undefined;
  readonly price: number;
  readonly quantity: number;
  readonly seats: Reservation['seats'];
}

/** What a reservation holds, line by line, the dearest first. */
export function placeLines({ seats, places }: Pick<Reservation, 'seats' | 'places'>): PlaceLine[] {
  const ofSeats = new Map<string, Reservation['seats']>();
  for (const seat of seats) {
    const key = `${seat.grade} ${seat.price}`;
    ofSeats.set(key, [...(ofSeats.get(key) ?? []), seat]);
  }
  const seatLines = [...ofSeats].map(([key, [first, ...rest]]) => {
    const same = first === undefined ? rest : [first, ...rest];
    return {
      key,
      grade: first?.grade ?? '',
      name: undefined,
      price: first?.price ?? 0,
      quantity: same.length,
      seats: same,
    };
  });
  const poolLines = places.map(({ ticketTypeId, grade, name, price, quantity }) => ({
    key: ticketTypeId,
    grade,
    name,
    price,
    quantity,
    seats: [],
  }));
  return [...seatLines, ...poolLines].sort((one, other) => other.price - one.price);
}

/** Whether two reservations hold the very same places. */
export function holdSamePlaces(one: Reservation, other: Reservation): boolean {
  return placesKey(one) === placesKey(other);
}

function placesKey({ seats, places }: Reservation): string {
  const seatIds = seats.map((seat) => seat.seatId).sort((one, other) => one - other);
  const pools = places.map((place) => `${place.ticketTypeId}×${place.quantity}`).sort();
  return JSON.stringify([seatIds, pools]);
}
