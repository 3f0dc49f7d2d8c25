import type { Situation } from './situation.ts';

/** What a booking comes to in money, as a list tells it. Won. */
export type BookingMoney =
  | { readonly kind: 'whole'; readonly amount: number }
  /** Some tickets went back: `amount` is what is left of `paid`. */
  | { readonly kind: 'net'; readonly amount: number; readonly paid: number; readonly refunded: number }
  | { readonly kind: 'refunded' | 'refunding'; readonly amount: number }
  /** No money was taken, or it belongs to the booking that took the place of this one. */
  | { readonly kind: 'not-charged' | 'elsewhere' };

/** Judges the money of a booking of `amount`. */
export function moneyOf({ kind, payment }: Situation, amount: number): BookingMoney {
  switch (kind) {
    case 'held':
    case 'checking':
      return { kind: 'whole', amount };
    case 'paid': {
      const refunded = payment?.refundedAmount ?? 0;
      return refunded > 0
        ? { kind: 'net', amount: amount - refunded, paid: amount, refunded }
        : { kind: 'whole', amount };
    }
    case 'returned':
    case 'money-back':
      return payment.state === 'refunded'
        ? { kind: 'refunded', amount: payment.refundedAmount }
        : { kind: 'refunding', amount: payment.amount };
    case 'replaced':
      return { kind: 'elsewhere' };
    case 'expired':
    case 'cancelled':
      return { kind: 'not-charged' };
  }
}
