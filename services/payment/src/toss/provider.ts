import type { TossPayment, TossTransaction } from './toss-payment.ts';

/** Port: the payment provider. No call throws for what the provider says; what cannot be understood is `no-answer`. */
export interface Provider {
  confirm(call: ConfirmCall): Promise<ProviderAnswer>;
  cancel(call: CancelCall): Promise<ProviderAnswer>;
  findByOrder(orderId: string): Promise<ProviderAnswer>;
  findByKey(paymentKey: string): Promise<ProviderAnswer>;
  /** Approvals and cancels of a time span in Korean local time, such as `2026-01-31T00:00:00`, page by page. */
  transactions(startDate: string, endDate: string): AsyncGenerator<readonly TossTransaction[]>;
  close(): Promise<void>;
}

export interface ConfirmCall {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
  readonly idempotencyKey: string;
}

export interface CancelCall {
  readonly paymentKey: string;
  readonly reason: string;
  /** Absent: all that is left. */
  readonly amount?: number;
  /** What the provider must still hold, or it refuses. */
  readonly balanceBefore?: number;
  readonly idempotencyKey: string;
}

export type ProviderAnswer =
  | { readonly kind: 'payment'; readonly payment: TossPayment }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly status: number }
  | { readonly kind: 'no-answer'; readonly reason: string };
