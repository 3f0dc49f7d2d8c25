import type { PaymentState, PaymentView, RefundView } from '@urr/contracts/payment-shapes.ts';
import type { AttemptState } from '../lifecycle/payment-state.ts';
import type { Attempt } from './attempt.ts';

const publicStates: Readonly<Record<AttemptState, PaymentState>> = {
  created: 'open',
  confirming: 'checking',
  unknown: 'checking',
  captured: 'checking',
  fulfilled: 'confirmed',
  refunding: 'refunding',
  refunded: 'refunded',
  failed: 'failed',
  expired: 'expired',
};

export function publicState(state: AttemptState): PaymentState {
  return publicStates[state];
}

export function paymentView(attempt: Attempt, refunds: readonly RefundView[]): PaymentView {
  const { failureCode, failureMessage } = attempt;
  const hasFailed = attempt.state === 'failed' || attempt.state === 'expired';
  return {
    paymentId: attempt.id,
    orderId: attempt.orderId,
    reservationId: attempt.reservationId,
    eventId: attempt.eventId,
    orderName: attempt.orderName,
    amount: attempt.amount,
    refundedAmount: attempt.refundedAmount,
    state: publicState(attempt.state),
    ticketIds: [...(attempt.ticketIds ?? [])],
    failure: hasFailed && failureCode !== null ? { code: failureCode, message: failureMessage ?? '' } : null,
    createdAt: attempt.createdAt.toISOString(),
    refunds: [...refunds],
  };
}
