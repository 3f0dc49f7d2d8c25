import type { Reservation } from '@urr/contracts/ticket.ts';
import type { KeyStore } from '../../api/attempt-keys.ts';

type Store = Pick<KeyStore, 'getItem' | 'setItem'>;
type Order = Pick<Reservation, 'reservationId' | 'amount' | 'refundableUntil'>;

/** Whether the reader has agreed to this very order before: the same places, price and refund deadline. */
export function haveAgreed(store: Store, order: Order): boolean {
  try {
    return store.getItem(nameOf(order)) === conditionsOf(order);
  } catch {
    return false;
  }
}

/** Keeps the agreement over the way to the payment window and back: who pays again is not asked again. */
export function keepAgreement(store: Store, order: Order): void {
  try {
    store.setItem(nameOf(order), conditionsOf(order));
  } catch {
    // Forbidden storage: the reader is asked again.
  }
}

function nameOf({ reservationId }: Order): string {
  return `urr.agreed.${reservationId}`;
}

// The places of a reservation never change.
function conditionsOf({ amount, refundableUntil }: Order): string {
  return `${amount} ${refundableUntil ?? ''}`;
}
