import type { PaymentView, RefundView } from '@urr/contracts/payment-shapes.ts';
import type { Ticket } from '@urr/contracts/ticket-reads.ts';

/** Tickets that may be asked back for. */
export function returnable(tickets: readonly Ticket[]): Ticket[] {
  return tickets.filter((ticket) => ticket.state === 'valid');
}

/** The choice with one ticket put in or taken out. */
export function toggled(chosen: readonly string[], ticketId: string): string[] {
  return chosen.includes(ticketId) ? chosen.filter((id) => id !== ticketId) : [...chosen, ticketId];
}

/** What is still chosen of tickets that may have changed meanwhile; the order does not depend on how it was chosen. */
export function stillChosen(chosen: readonly string[], tickets: readonly Ticket[]): string[] {
  return returnable(tickets)
    .map((ticket) => ticket.ticketId)
    .filter((id) => chosen.includes(id))
    .sort();
}

/** The refund that is on its way; a payment has one at most. */
export function runningRefund(payment: PaymentView): RefundView | undefined {
  return payment.refunds.find((refund) => refund.state === 'checking');
}

/** Tells this request for a refund from one made after an earlier refund came to an end. */
export function refundContent(payment: PaymentView, ticketIds: readonly string[]): string {
  return JSON.stringify([
    ticketIds,
    payment.refunds.map((refund) => `${refund.refundId} ${refund.state}`).sort(),
  ]);
}

/** Reasons of a rejected refund which have words of their own. */
export type RejectionReason = 'too-late' | 'used' | 'account' | 'partial' | 'provider';

/** The words for the code of a rejected refund. */
export function rejectionReason(code: string | null): RejectionReason {
  if (code === 'return-too-late' || code === 'EXCEED_MAX_REFUND_DUE') return 'too-late';
  if (code === 'ticket-not-returnable') return 'used';
  if (code?.startsWith('NOT_ALLOWED_PARTIAL_REFUND')) return 'partial';
  return code?.startsWith('INVALID_REFUND_ACCOUNT') ? 'account' : 'provider';
}
