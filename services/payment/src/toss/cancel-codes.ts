/**
 * What a refusal of `POST /v1/payments/{paymentKey}/cancel` means, by code. `rejected`: the provider will not give this
 * money back. `retry`: send again later. `look-up`: only the payment's list of cancels can tell.
 * Source: core API 2022-11-16, error codes; cancel guide.
 */
export type CancelMeaning = 'rejected' | 'retry' | 'look-up';

const meanings: ReadonlyMap<string, CancelMeaning> = new Map(
  Object.entries<CancelMeaning>({
    NOT_CANCELABLE_AMOUNT: 'rejected',
    NOT_CANCELABLE_PAYMENT: 'rejected',
    NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER: 'rejected',
    EXCEED_MAX_REFUND_DUE: 'rejected',
    NOT_ALLOWED_PARTIAL_REFUND: 'rejected',
    NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: 'rejected',
    REFUND_REJECTED: 'rejected',
    INVALID_REFUND_ACCOUNT_INFO: 'rejected',
    INVALID_REFUND_ACCOUNT_NUMBER: 'rejected',
    INVALID_BANK: 'rejected',
    EXCEED_CANCEL_LIMIT: 'rejected',
    EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT: 'rejected',
    ALREADY_CANCELED_PAYMENT: 'look-up',
    ALREADY_REFUND_PAYMENT: 'look-up',
    NOT_MATCHES_REFUNDABLE_AMOUNT: 'look-up',
    PROVIDER_ERROR: 'retry',
    FAILED_REFUND_PROCESS: 'retry',
    FAILED_PARTIAL_REFUND: 'retry',
    FAILED_METHOD_HANDLING_CANCEL: 'retry',
    COMMON_ERROR: 'retry',
    FORBIDDEN_CONSECUTIVE_REQUEST: 'retry',
    IDEMPOTENT_REQUEST_PROCESSING: 'retry',
    TOO_MANY_REQUESTS: 'retry',
  }),
);

/** An unlisted code is looked up. */
export function cancelMeaning(code: string): CancelMeaning {
  return meanings.get(code) ?? 'look-up';
}
