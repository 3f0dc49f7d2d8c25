type ErrorRow = readonly [status: number, korean: string, english: string];

// Codes and messages: the provider's published error table, core API 2022-11-16.
const errorTable = {
  INVALID_REQUEST: [400, '잘못된 요청입니다.', 'The bad request.'],
  INVALID_API_KEY: [400, '잘못된 시크릿키 연동 정보 입니다.', 'Incorrect secret key.'],
  INVALID_IDEMPOTENCY_KEY: [
    400,
    '멱등키는 300자 이하여야 합니다.',
    'The idempotency key is limited to 300 characters.',
  ],
  ALREADY_PROCESSED_PAYMENT: [
    400,
    '이미 처리된 결제 입니다.',
    'This is a payment that has already been processed.',
  ],
  DUPLICATED_ORDER_ID: [
    400,
    '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
    'The order id has already been processed.',
  ],
  PROVIDER_ERROR: [
    400,
    '일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.',
    'This is temporary error. Please try again in a few minutes.',
  ],
  CARD_PROCESSING_ERROR: [400, '카드사에서 오류가 발생했습니다.', 'An error occurred at the card company.'],
  BELOW_MINIMUM_AMOUNT: [
    400,
    '신용카드는 결제금액이 100원 이상, 계좌는 200원이상부터 결제가 가능합니다.',
    'Payment can be made from 100 won or more by credit card, and 200 won or more for account.',
  ],
  INVALID_REJECT_CARD: [
    400,
    '카드 사용이 거절되었습니다. 카드사 문의가 필요합니다.',
    'Refer to card issuer/decline.',
  ],
  INVALID_STOPPED_CARD: [400, '정지된 카드 입니다.', 'This is a suspended card.'],
  INVALID_CARD_EXPIRATION: [
    400,
    '카드 정보를 다시 확인해주세요. (유효기간)',
    'Please check the card expiration date information again.',
  ],
  INVALID_CARD_LOST_OR_STOLEN: [400, '분실 혹은 도난 카드입니다.', 'This is a lost or stolen card.'],
  NOT_AVAILABLE_PAYMENT: [400, '결제가 불가능한 시간대입니다.', 'Payment is not available at this time.'],
  INVALID_BANK: [400, '유효하지 않은 은행입니다.', 'Invalid bank.'],
  INVALID_REFUND_ACCOUNT_INFO: [
    400,
    '환불 계좌번호와 예금주명이 일치하지 않습니다.',
    'The refund account and its holder do not match.',
  ],
  INVALID_REFUND_ACCOUNT_NUMBER: [400, '잘못된 환불 계좌번호입니다.', 'Invalid refund account number.'],
  ALREADY_CANCELED_PAYMENT: [400, '이미 취소된 결제 입니다.', 'The payment has already been canceled.'],
  ALREADY_REFUND_PAYMENT: [400, '이미 환불된 결제입니다.', 'The payment has already been refunded.'],
  REFUND_REJECTED: [400, '환불이 거절됐습니다. 결제사에 문의 부탁드립니다.', 'The refund was rejected.'],
  NOT_MATCHES_REFUNDABLE_AMOUNT: [
    400,
    '잔액 결과가 일치하지 않습니다.',
    'The refundable amount does not match.',
  ],
  EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT: [
    400,
    '즉시할인금액보다 적은 금액은 부분취소가 불가능합니다.',
    'A partial cancel below the discount is not possible.',
  ],
  UNAUTHORIZED_KEY: [
    401,
    '인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.',
    'Unauthorized secretKey or clientKey.',
  ],
  INCORRECT_BASIC_AUTH_FORMAT: [
    403,
    "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.",
    'The bad request. Encode the key including ":".',
  ],
  FORBIDDEN_REQUEST: [403, '허용되지 않은 요청입니다.', 'Not allowed request.'],
  FORBIDDEN_CONSECUTIVE_REQUEST: [
    403,
    '반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요.',
    'Repetitive requests are not allowed. Please try again in a few minutes.',
  ],
  REJECT_CARD_PAYMENT: [
    403,
    '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
    'Payment was declined because of the limit or an insufficient balance.',
  ],
  REJECT_CARD_COMPANY: [403, '결제 승인이 거절되었습니다.', 'Payment was rejected by the card company.'],
  REJECT_ACCOUNT_PAYMENT: [
    403,
    '잔액부족으로 결제에 실패했습니다.',
    'Payment failed because of an insufficient balance.',
  ],
  EXCEED_MAX_AMOUNT: [403, '거래금액 한도를 초과했습니다.', 'The amount exceeds the limit.'],
  FDS_ERROR: [403, '위험거래가 감지되어 결제가 제한됩니다.', 'A risky transaction was detected.'],
  INVALID_PASSWORD: [403, '결제 비밀번호가 일치하지 않습니다.', 'The payment password does not match.'],
  NOT_AVAILABLE_BANK: [403, '은행 서비스 시간이 아닙니다.', 'It is not banking hours.'],
  NOT_CANCELABLE_AMOUNT: [403, '취소 할 수 없는 금액 입니다.', 'The amount cannot be canceled.'],
  NOT_CANCELABLE_PAYMENT: [403, '취소 할 수 없는 결제 입니다.', 'The payment cannot be canceled.'],
  EXCEED_MAX_REFUND_DUE: [403, '환불 가능한 기간이 지났습니다.', 'The refund period has passed.'],
  EXCEED_CANCEL_LIMIT: [403, '취소 한도를 초과했습니다.', 'The cancel limit is exceeded.'],
  NOT_ALLOWED_PARTIAL_REFUND: [403, '부분 환불이 불가능한 결제입니다.', 'A partial refund is not allowed.'],
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: [
    403,
    '입금 대기중인 결제는 부분 환불이 불가합니다.',
    'A partial refund is not allowed while waiting for the deposit.',
  ],
  NOT_FOUND: [404, '존재하지 않는 정보 입니다.', 'Not found.'],
  NOT_FOUND_PAYMENT: [404, '존재하지 않는 결제 정보 입니다.', 'Not found payment.'],
  NOT_FOUND_PAYMENT_SESSION: [
    404,
    '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.',
    'Payment session does not exist because the session time has expired.',
  ],
  IDEMPOTENT_REQUEST_PROCESSING: [
    409,
    '이전 멱등 요청이 처리중입니다.',
    'The previous idempotent request is being processed.',
  ],
  PAYLOAD_TOO_LARGE: [413, '요청 본문이 너무 큽니다.', 'The request body is too large.'],
  TOO_MANY_REQUESTS: [
    429,
    '요청이 너무 많습니다. 잠시 후 다시 시도해주세요.',
    'Too many requests. Please try again in a few minutes.',
  ],
  FAILED_INTERNAL_SYSTEM_PROCESSING: [
    500,
    '내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요.',
    'Internal system processing failed. Please try again in a few minutes.',
  ],
  FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING: [
    500,
    '결제가 완료되지 않았어요. 다시 시도해주세요.',
    'Payment was not completed. Please try again.',
  ],
  UNKNOWN_PAYMENT_ERROR: [
    500,
    '결제에 실패했어요. 같은 문제가 반복된다면 은행이나 카드사로 문의해주세요.',
    'Payment failed. If the problem persists, contact your bank or card company.',
  ],
  FAILED_REFUND_PROCESS: [
    500,
    '은행 응답시간 지연이나 일시적인 오류로 환불요청에 실패했습니다.',
    'The refund request failed.',
  ],
  FAILED_PARTIAL_REFUND: [
    500,
    '은행 점검, 해약 계좌 등의 사유로 부분 환불이 실패했습니다.',
    'The partial refund failed.',
  ],
  FAILED_METHOD_HANDLING_CANCEL: [
    500,
    '취소 중 결제 시 사용한 결제 수단 처리과정에서 일시적인 오류가 발생했습니다.',
    'The payment method failed while canceling.',
  ],
  COMMON_ERROR: [
    500,
    '일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.',
    'A temporary error occurred. Please try again in a few minutes.',
  ],
} as const satisfies Record<string, ErrorRow>;

type ErrorCode = keyof typeof errorTable;
export type Language = 'ko' | 'en';

/** Refusals given in front of the idempotency store: repeating the same request later is the way out. */
const neverStored: ReadonlySet<string> = new Set<ErrorCode>([
  'TOO_MANY_REQUESTS',
  'IDEMPOTENT_REQUEST_PROCESSING',
  'FORBIDDEN_CONSECUTIVE_REQUEST',
]);

/** A refusal in the provider's own words: `{code, message}` with its HTTP status. */
export class ProviderError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.code = code;
    this.status = errorTable[code][0];
    this.detail = detail;
  }
}

export function errorRow(code: string): ErrorRow {
  return isKnown(code) ? errorTable[code] : [400, '결제에 실패했습니다.', 'The payment failed.'];
}

export function isStoredError(code: string): boolean {
  return !neverStored.has(code);
}

export function errorBody(code: string, language: Language, detail?: string): string {
  const row = errorRow(code);
  const message = language === 'en' ? row[2] : row[1];
  return JSON.stringify({ code, message: detail === undefined ? message : `${message} (${detail})` });
}

export function languageOf(acceptLanguage: string | undefined): Language {
  return acceptLanguage !== undefined && /^en\b/i.test(acceptLanguage) ? 'en' : 'ko';
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
