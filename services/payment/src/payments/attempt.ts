import type { AttemptState } from '../lifecycle/payment-state.ts';

/** How a confirm call ended that did not decide: nothing came back, the provider failed, the provider refused us. */
export type UndecidedAnswer = 'no-answer' | 'fault' | 'our-fault';

/** One try to pay a reservation. Amounts in won; ages by the store's clock. */
export interface Attempt {
  readonly id: string;
  readonly orderId: string;
  readonly reservationId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly orderName: string;
  readonly acceptEqualSeats: boolean;
  readonly state: AttemptState;
  readonly holdExpiresAt: Date;
  readonly paymentKey: string | null;
  readonly confirmKey: string;
  readonly confirmGeneration: number;
  readonly confirmAnswer: UndecidedAnswer | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly ticketIds: readonly string[] | null;
  readonly refundedAmount: number;
  readonly createdAt: Date;
  readonly checks: number;
  /** Milliseconds since the confirmation began, else since the attempt was made. */
  readonly ageMs: number;
}

export function orderIdOf(paymentId: string): string {
  return `urr_${paymentId.replaceAll('-', '')}`;
}

/** Key of the confirm call: of the attempt, never of the reservation, for a declined card must be retryable. */
export function confirmKeyOf(paymentId: string, generation: number): string {
  return `confirm-${paymentId}-${generation}`;
}
