import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { ReservationItem, TicketTables } from '../tables.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';

interface Issue {
  readonly reservationId: string;
  readonly paymentId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly items: readonly ReservationItem[];
}

/** Writes one ticket per place; answers their ids. */
export async function issueTickets(trx: Transaction<TicketTables>, issue: Issue): Promise<string[]> {
  const rows = issue.items
    .flatMap((item) => placesOf(item))
    .map((place) => ({
      ticket_id: uuidv7(),
      event_id: issue.eventId,
      reservation_id: issue.reservationId,
      payment_id: issue.paymentId,
      account_id: issue.accountId,
      ...place,
      code: ticketCode(),
      // 160 bits, as RFC 4226 recommends for HMAC-SHA1.
      totp_secret: randomBytes(20),
    }));
  await trx.insertInto('tickets').values(rows).execute();
  return rows.map((row) => row.ticket_id);
}

interface Place {
  readonly seat_id: number | null;
  readonly ticket_type_id: string | null;
  readonly grade: string;
  readonly price: number;
}

function placesOf(item: ReservationItem): Place[] {
  const { grade, price } = item;
  if ('seatId' in item) return [{ seat_id: item.seatId, ticket_type_id: null, grade, price }];
  return Array.from({ length: item.quantity }, () => ({
    seat_id: null,
    ticket_type_id: item.ticketTypeId,
    grade,
    price,
  }));
}

/** 120 bits nobody can guess, in characters a person can read out (Crockford's base 32). */
export function ticketCode(): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  // 256 is a multiple of 32, so every character is equally likely.
  return Array.from(randomBytes(24), (byte) => alphabet[byte % 32]).join('');
}
