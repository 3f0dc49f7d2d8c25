import type { Transaction } from 'kysely';
import type { ReservationItem, TicketTables } from '../tables.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { type HeldRow, insertReplacement, sellFreePlaces, sellFreeSeats } from './fulfilment-store.ts';

type Writer = Transaction<TicketTables>;

/** What was sold: the reservation itself, or one made at once in place of one that was over when the money came. */
export interface Sold {
  readonly reservationId: string;
  readonly items: readonly ReservationItem[];
}

/** Sells the very same places again if they are free; undefined when they are not. */
export async function sellSamePlaces(trx: Writer, lost: HeldRow): Promise<Sold | undefined> {
  const { items, seat_ids: seatIds } = lost;
  const made = { reservationId: uuidv7(), items, seatIds };
  const isSold = seatIds.length > 0 ? await sellFreeSeats(trx, lost, made) : await sellFreePlaces(trx, lost);
  if (!isSold) return undefined;
  await insertReplacement(trx, lost, made);
  return made;
}

/** Sells these seats instead if all are free. The caller has chosen them of equal grade and price. */
export async function sellEqualSeats(
  trx: Writer,
  lost: HeldRow,
  items: readonly (ReservationItem & { readonly seatId: number })[],
): Promise<Sold | undefined> {
  const seatIds = items.map((item) => item.seatId).sort((one, other) => one - other);
  const made = { reservationId: uuidv7(), items, seatIds };
  if (!(await sellFreeSeats(trx, lost, made))) return undefined;
  await insertReplacement(trx, lost, made);
  return made;
}
