import type { RefundView } from '@urr/contracts/payment-shapes.ts';
import type { RefundState } from '../lifecycle/refund-state.ts';

/** One refund with what its payment says of it. Won. */
export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly reservationId: string;
  readonly accountId: string;
  readonly paymentKey: string;
  readonly reason: RefundView['reason'];
  readonly requestedTicketIds: readonly string[] | null;
  readonly ticketIds: readonly string[];
  readonly amount: number | null;
  readonly state: RefundState;
  readonly balanceBefore: number | null;
  readonly cancelKey: string;
  readonly cancelGeneration: number;
  readonly isKeySpent: boolean;
  readonly failureCode: string | null;
  readonly createdAt: Date;
  readonly checks: number;
}

export function cancelKeyOf(refundId: string, generation: number): string {
  return `cancel-${refundId}-${generation}`;
}

/** The provider keeps the reason beside each cancel: by it we know ours again. */
export function cancelReasonOf(refund: Pick<Refund, 'id' | 'reason'>): string {
  return `${reasonTexts[refund.reason]} ${refund.id}`;
}

const reasonTexts: Readonly<Record<Refund['reason'], string>> = {
  buyer: '고객 환불',
  'lost-hold': '좌석 미확보 환불',
  'event-cancelled': '공연 취소 환불',
};

const publicStates: Readonly<Record<RefundState, RefundView['state']>> = {
  waiting: 'checking',
  requested: 'checking',
  ready: 'checking',
  sending: 'checking',
  done: 'refunded',
  refused: 'rejected',
  rejected: 'rejected',
};

export function refundView(refund: Refund): RefundView {
  return {
    refundId: refund.id,
    state: publicStates[refund.state],
    amount: refund.amount,
    ticketIds: [...refund.ticketIds],
    reason: refund.reason,
    code: publicStates[refund.state] === 'rejected' ? refund.failureCode : null,
    createdAt: refund.createdAt.toISOString(),
  };
}
