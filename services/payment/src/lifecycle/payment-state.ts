/**
 * The life of a payment attempt.
 *
 *   created ─▶ confirming ─▶ captured ─▶ fulfilled ─▶ refunded      all tickets given back
 *      │          │  │          ▲ │
 *      │          │  └▶ unknown ┘ └────▶ refunding ─▶ refunded      the hold was lost: all money goes back
 *      │          ▼        ▼                ▲
 *      └──────▶ failed ◀───┘   expired ─────┘                       money found late goes back too
 *
 * Invariants: money is with us exactly in captured, fulfilled and refunding (less what was refunded); tickets are with
 * the buyer exactly in fulfilled; captured and refunding never last; nothing ever goes back to where it was. Whoever looks at
 * one in confirming or unknown asks ticket-service to keep its hold, so none stays there unasked for.
 */
export const paymentStates = [
  'created',
  'confirming',
  'unknown',
  'captured',
  'fulfilled',
  'refunding',
  'refunded',
  'failed',
  'expired',
] as const;
export type AttemptState = (typeof paymentStates)[number];

export const paymentTransitions: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  created: ['confirming', 'failed', 'expired', 'refunding'],
  confirming: ['unknown', 'captured', 'failed'],
  unknown: ['captured', 'failed'],
  captured: ['fulfilled', 'refunding'],
  fulfilled: ['refunded'],
  refunding: ['refunded'],
  refunded: [],
  failed: ['refunding'],
  expired: ['refunding'],
};

/** Failure codes of attempts that the buyer or time ended, not the provider. */
export const endedBeforeMoney = ['NOT_FOUND_PAYMENT_SESSION', 'PAYMENT_WINDOW_OVER', 'PAY_PROCESS_CANCELED'];

export function mayBecome(from: AttemptState, to: AttemptState): boolean {
  return paymentTransitions[from].includes(to);
}

/** Money the provider holds for us in a state. */
export function moneyHeld(state: AttemptState, amount: number, refundedAmount: number): number {
  const isHeld = state === 'captured' || state === 'fulfilled' || state === 'refunding';
  return isHeld ? amount - refundedAmount : 0;
}
