/**
 * The life of a refund.
 *
 *   requested ─▶ ready ─▶ sending ─▶ done        requested: ticket-service has still to lock the tickets
 *       │                    │                   ready: amount, key and expected balance are on disk
 *       ├─▶ refused          └─▶ rejected        sending: the provider may have been asked
 *       └─▶ rejected                             refused: ticket-service said no · rejected: no money moves, tickets unlocked
 *
 * A lost hold has no tickets: its refund starts in ready, and its rejection is not an end (the money must go back).
 *
 *   waiting ─▶ ready ─▶ …     a cancelled event's: tickets locked and amount known, another refund of the payment goes first
 *       └────▶ refused        the payment was given back whole meanwhile
 *
 * Invariants: one refund of a payment is in requested, ready or sending; the money of a ticket goes back by the one refund
 * that locked it; a cancelled event's refund ends in done, for its rejection is not an end either.
 */
export const refundStates = [
  'waiting',
  'requested',
  'ready',
  'sending',
  'done',
  'refused',
  'rejected',
] as const;
export type RefundState = (typeof refundStates)[number];

export const refundTransitions: Readonly<Record<RefundState, readonly RefundState[]>> = {
  waiting: ['ready', 'refused'],
  requested: ['ready', 'refused', 'rejected'],
  ready: ['sending'],
  sending: ['done', 'rejected'],
  done: [],
  refused: [],
  rejected: [],
};

export function refundMayBecome(from: RefundState, to: RefundState): boolean {
  return refundTransitions[from].includes(to);
}
