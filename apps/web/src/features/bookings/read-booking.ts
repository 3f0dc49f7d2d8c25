import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { listMyPayments } from '@urr/contracts/payment.ts';
import { listMyReservations, readReservation, type Reservation } from '@urr/contracts/ticket.ts';
import { call } from '../../api/call.ts';
import { Refused } from '../../api/queries.tsx';
import { paymentsOf } from './situation.ts';

/** A reservation and its payments, newest first. */
export interface Booking {
  readonly reservation: Reservation;
  /** Undefined when payment-service could not be asked: the reservation alone is worth showing. */
  readonly payments: readonly PaymentView[] | undefined;
}

/** One page of bookings, newest first; `next` leads to the older ones. */
export interface BookingPage {
  readonly bookings: readonly Booking[];
  readonly next: string | undefined;
}

const pageSize = 100;
const mostPages = 5;
const shownBookings = 10;
/** A replacement is younger than the payment that led to it by no more than this. Milliseconds. */
const replacementLagMs = 2 * 60 * 60_000;

/** Reads one booking of the caller; throws `Refused`. */
export async function readBooking(reservationId: string): Promise<Booking> {
  const result = await call(readReservation, { params: { reservationId } });
  if (!result.ok) throw new Refused(result.problem);
  return withPayments(result.body, await readPaymentsSince(earliest([result.body])));
}

/** Reads a page of the caller's bookings; throws `Refused`. */
export async function readBookings(before: string | undefined): Promise<BookingPage> {
  const query = { limit: shownBookings, ...(before === undefined ? {} : { before }) };
  const result = await call(listMyReservations, { query });
  if (!result.ok) throw new Refused(result.problem);
  const { reservations, next } = result.body;
  const payments = reservations.length === 0 ? [] : await readPaymentsSince(earliest(reservations));
  return { bookings: reservations.map((reservation) => withPayments(reservation, payments)), next };
}

function withPayments(reservation: Reservation, payments: readonly PaymentView[] | undefined): Booking {
  return { reservation, payments: payments && paymentsOf(reservation, payments) };
}

function earliest(reservations: readonly Reservation[]): number {
  return Math.min(
    ...reservations.map(
      ({ createdAt, replaces }) => Date.parse(createdAt) - (replaces === undefined ? 0 : replacementLagMs),
    ),
  );
}

async function readPaymentsSince(sinceMs: number): Promise<readonly PaymentView[] | undefined> {
  const found: PaymentView[] = [];
  let before: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { limit: pageSize, ...(before === undefined ? {} : { before }) };
    const result = await call(listMyPayments, { query });
    if (!result.ok) return undefined;
    const { payments } = result.body;
    found.push(...payments);
    const last = payments.at(-1);
    if (last === undefined || payments.length < pageSize || Date.parse(last.createdAt) < sinceMs) break;
    before = last.paymentId;
  }
  return found;
}
