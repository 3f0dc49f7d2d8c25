import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cancelMeaning } from './cancel-codes.ts';
import { confirmMeaning } from './confirm-codes.ts';

const confirmTable = {
  declined:
    'REJECT_CARD_PAYMENT REJECT_CARD_COMPANY REJECT_ACCOUNT_PAYMENT INVALID_REJECT_CARD INVALID_STOPPED_CARD INVALID_CARD_EXPIRATION INVALID_CARD_LOST_OR_STOLEN EXCEED_MAX_AMOUNT EXCEED_MAX_DAILY_PAYMENT_COUNT BELOW_MINIMUM_AMOUNT FDS_ERROR INVALID_PASSWORD NOT_AVAILABLE_BANK NOT_AVAILABLE_PAYMENT',
  'session-over': 'NOT_FOUND_PAYMENT_SESSION',
  'look-up':
    'FAILED_INTERNAL_SYSTEM_PROCESSING FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING UNKNOWN_PAYMENT_ERROR PROVIDER_ERROR CARD_PROCESSING_ERROR ALREADY_PROCESSED_PAYMENT IDEMPOTENT_REQUEST_PROCESSING FORBIDDEN_CONSECUTIVE_REQUEST',
  'our-fault':
    'UNAUTHORIZED_KEY INVALID_API_KEY INCORRECT_BASIC_AUTH_FORMAT INVALID_REQUEST FORBIDDEN_REQUEST',
};

const cancelTable = {
  rejected:
    'NOT_CANCELABLE_AMOUNT NOT_CANCELABLE_PAYMENT EXCEED_MAX_REFUND_DUE NOT_ALLOWED_PARTIAL_REFUND NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT REFUND_REJECTED INVALID_REFUND_ACCOUNT_INFO INVALID_REFUND_ACCOUNT_NUMBER EXCEED_CANCEL_LIMIT EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT',
  'look-up': 'ALREADY_CANCELED_PAYMENT ALREADY_REFUND_PAYMENT NOT_MATCHES_REFUNDABLE_AMOUNT',
  retry:
    'PROVIDER_ERROR FAILED_REFUND_PROCESS FAILED_PARTIAL_REFUND FAILED_METHOD_HANDLING_CANCEL COMMON_ERROR FORBIDDEN_CONSECUTIVE_REQUEST',
};

test('every documented code of confirm means what the table says', () => {
  for (const [meaning, codes] of Object.entries(confirmTable)) {
    for (const code of codes.split(' ')) assert.equal(confirmMeaning(code), meaning, code);
  }
});

test('every documented code of cancel means what the table says', () => {
  for (const [meaning, codes] of Object.entries(cancelTable)) {
    for (const code of codes.split(' ')) assert.equal(cancelMeaning(code), meaning, code);
  }
});

test('a code nobody has heard of is looked up, never guessed', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.equal(confirmMeaning(`X_${text}`), 'look-up');
      assert.equal(cancelMeaning(`X_${text}`), 'look-up');
    }),
  );
});
