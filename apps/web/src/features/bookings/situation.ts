import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';

/** Where a booking stands once its reservation and its payments are seen together. */
export type Situation =
  /** The places are kept. `payment`: the last try, still open or failed. */
  | { readonly kind: 'held'; readonly payment: PaymentView | undefined }
  | { readonly kind: 'checking'; readonly payment: PaymentView }
  | { readonly kind: 'paid'; readonly payment: PaymentView | undefined }
  /** Every ticket was given back. */
  | { readonly kind: 'returned'; readonly payment: PaymentView }
  /** The hold was lost while the money moved; the tickets hang on another reservation. */
  | { readonly kind: 'replaced'; readonly payment: PaymentView }
  /** The hold was lost and the money goes back, or is back. */
  | { readonly kind: 'money-back'; readonly payment: PaymentView }
  | { readonly kind: 'expired'; readonly payment: PaymentView | undefined }
  | { readonly kind: 'cancelled'; readonly payment: PaymentView | undefined };

/** The payments of a reservation, or of the one it took the place of; in the order given. */
export function paymentsOf(reservation: Reservation, payments: readonly PaymentView[]): PaymentView[] {
  const ids = [reservation.reservationId, reservation.replaces];
  return payments.filter((payment) => ids.includes(payment.reservationId));
}

/** Judges a booking; `payments` are its own, newest first. */
export function situationOf(reservation: Reservation, payments: readonly PaymentView[]): Situation {
  const checking = withState(payments, 'checking');
  const confirmed = withState(payments, 'confirmed');
  const returned = payments.find((payment) => payment.state === 'refunded' && payment.ticketIds.length > 0);
  if (reservation.state === 'confirmed') {
    if (confirmed === undefined && returned !== undefined) return { kind: 'returned', payment: returned };
    return { kind: 'paid', payment: confirmed };
  }
  if (checking !== undefined) return { kind: 'checking', payment: checking };
  if (reservation.state === 'pending') return { kind: 'held', payment: payments[0] };
  const replaced = confirmed ?? returned;
  if (replaced !== undefined) return { kind: 'replaced', payment: replaced };
  const back = withState(payments, 'refunding') ?? withState(payments, 'refunded');
  if (back !== undefined) return { kind: 'money-back', payment: back };
  return { kind: reservation.state, payment: payments[0] };
}

/** Whether something is on its way that ends without the reader: worth another look soon. */
export function isMoving(situation: Situation): boolean {
  const { kind, payment } = situation;
  const isRefunding = payment?.refunds.some((refund) => refund.state === 'checking') ?? false;
  return kind === 'checking' || payment?.state === 'refunding' || isRefunding;
}

/** The last try that came to an end without money: the next one is another. */
export function lastEndedTry(payments: readonly PaymentView[]): PaymentView | undefined {
  return payments.find((payment) => payment.state === 'failed' || payment.state === 'expired');
}

function withState(payments: readonly PaymentView[], state: PaymentView['state']): PaymentView | undefined {
  return payments.find((payment) => payment.state === state);
}
