/** Reasons of a payment that did not come about which have words of their own. */
export type FailureReason =
  | 'cancelled'
  | 'aborted'
  | 'card-refused'
  | 'card-unusable'
  | 'card-expired'
  | 'limit'
  | 'balance'
  | 'password'
  | 'suspected'
  | 'bank-closed'
  | 'method'
  | 'virtual-account'
  | 'session'
  | 'minimum';

const reasons: Readonly<Record<string, FailureReason>> = {
  PAY_PROCESS_CANCELED: 'cancelled',
  USER_CANCEL: 'cancelled',
  PAY_PROCESS_ABORTED: 'aborted',
  REJECT_CARD_COMPANY: 'card-refused',
  REJECT_CARD_PAYMENT: 'balance',
  REJECT_ACCOUNT_PAYMENT: 'balance',
  INVALID_REJECT_CARD: 'card-unusable',
  INVALID_STOPPED_CARD: 'card-unusable',
  INVALID_CARD_LOST_OR_STOLEN: 'card-unusable',
  INVALID_CARD_EXPIRATION: 'card-expired',
  INVALID_PASSWORD: 'password',
  FDS_ERROR: 'suspected',
  NOT_AVAILABLE_BANK: 'bank-closed',
  NOT_AVAILABLE_PAYMENT: 'method',
  VIRTUAL_ACCOUNT_NOT_OFFERED: 'virtual-account',
  NOT_FOUND_PAYMENT_SESSION: 'session',
  PAYMENT_WINDOW_OVER: 'session',
  BELOW_MINIMUM_AMOUNT: 'minimum',
};

/** The words for a provider's code; undefined when there are none but the provider's own. */
export function failureReason(code: string): FailureReason | undefined {
  if (code.startsWith('EXCEED_MAX_')) return 'limit';
  return Object.hasOwn(reasons, code) ? reasons[code] : undefined;
}
