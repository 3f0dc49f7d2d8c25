/**
 * What a refusal of `POST /v1/payments/confirm` means, by code; the HTTP status says nothing (PROVIDER_ERROR is a 400).
 * `declined`: no money moved, another card may do. `session-over`: start again. `look-up`: only a GET can tell.
 * `our-fault`: nothing was charged, somebody must repair the integration. Source: core API 2022-11-16, error codes.
 */
export type ConfirmMeaning = 'declined' | 'session-over' | 'look-up' | 'our-fault';

const meanings: ReadonlyMap<string, ConfirmMeaning> = new Map(
  Object.entries<ConfirmMeaning>({
    REJECT_CARD_PAYMENT: 'declined',
    REJECT_CARD_COMPANY: 'declined',
    REJECT_ACCOUNT_PAYMENT: 'declined',
    REJECT_TOSSPAY_INVALID_ACCOUNT: 'declined',
    INVALID_REJECT_CARD: 'declined',
    INVALID_STOPPED_CARD: 'declined',
    INVALID_CARD_EXPIRATION: 'declined',
    INVALID_CARD_LOST_OR_STOLEN: 'declined',
    INVALID_CARD_NUMBER: 'declined',
    INVALID_CARD_INSTALLMENT_PLAN: 'declined',
    NOT_ALLOWED_POINT_USE: 'declined',
    NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT: 'declined',
    BELOW_MINIMUM_AMOUNT: 'declined',
    FDS_ERROR: 'declined',
    INVALID_PASSWORD: 'declined',
    NOT_AVAILABLE_BANK: 'declined',
    NOT_AVAILABLE_PAYMENT: 'declined',
    NOT_FOUND_PAYMENT_SESSION: 'session-over',
    FAILED_INTERNAL_SYSTEM_PROCESSING: 'look-up',
    FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING: 'look-up',
    UNKNOWN_PAYMENT_ERROR: 'look-up',
    PROVIDER_ERROR: 'look-up',
    CARD_PROCESSING_ERROR: 'look-up',
    ALREADY_PROCESSED_PAYMENT: 'look-up',
    IDEMPOTENT_REQUEST_PROCESSING: 'look-up',
    FORBIDDEN_CONSECUTIVE_REQUEST: 'look-up',
    TOO_MANY_REQUESTS: 'look-up',
    UNAUTHORIZED_KEY: 'our-fault',
    INVALID_API_KEY: 'our-fault',
    INCORRECT_BASIC_AUTH_FORMAT: 'our-fault',
    INVALID_REQUEST: 'our-fault',
    FORBIDDEN_REQUEST: 'our-fault',
    INVALID_IDEMPOTENCY_KEY: 'our-fault',
  }),
);

/** An unlisted code is looked up: a guess could lose money or a seat. */
export function confirmMeaning(code: string): ConfirmMeaning {
  if (code.startsWith('EXCEED_MAX_')) return 'declined';
  return meanings.get(code) ?? 'look-up';
}

/** Answers given in front of the provider's idempotency store: the same key may be sent again. */
export function isBeforeIdempotency(code: string): boolean {
  return (
    code === 'TOO_MANY_REQUESTS' ||
    code === 'IDEMPOTENT_REQUEST_PROCESSING' ||
    code === 'FORBIDDEN_CONSECUTIVE_REQUEST'
  );
}
