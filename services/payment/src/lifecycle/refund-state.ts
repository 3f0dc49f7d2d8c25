/**
 * The life of a refund.
 *
 *   requested ─▶ ready ─▶ sending ─▶ done        requested: ticket-service has still to lock the tickets
 *       │                    │                   ready: amount, key and expected balance are on disk
 *       ├─▶ refused          └─▶ rejected        sending: the provider may have been asked
 *       └─▶ rejected                             refused: ticket-service said no · rejected: no money moves, tickets unlocked
 *
 * A lost hold has no tickets: its refund starts in ready, and its rejection is not an end (the money must go back).
 */
export const refundStates = ['requested', 'ready', 'sending', 'done', 'refused', 'rejected'] as const;
export type RefundState = (typeof refundStates)[number];

export const refundTransitions: Readonly<Record<RefundState, readonly RefundState[]>> = {
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
