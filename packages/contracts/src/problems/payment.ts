import { Type } from 'typebox';
import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of payment-service. */
export const paymentProblems = {
  'payment-not-found': {
    status: 404,
    title: { ko: '결제를 찾을 수 없습니다.', en: 'There is no such payment.' },
    action: { ko: '내 결제 내역을 확인해 주세요.', en: 'Look in your payments.' },
    retryable: false,
  },
  'payment-mismatch': {
    status: 409,
    title: {
      ko: '결제 정보가 주문과 일치하지 않아 승인하지 않았습니다.',
      en: 'The payment does not match its order, so nothing was charged.',
    },
    action: { ko: '결제를 처음부터 다시 시작해 주세요.', en: 'Start the payment again.' },
    retryable: false,
  },
  'payment-declined': {
    status: 402,
    title: { ko: '결제가 거절되었습니다.', en: 'The payment was declined.' },
    action: {
      ko: '다른 결제 수단으로 다시 시도해 주세요. 선점한 좌석은 남은 시간 동안 유지됩니다.',
      en: 'Try another means of payment. Your seats stay held for the time that is left.',
    },
    retryable: false,
    data: Type.Object({
      code: Type.String({ description: "The provider's code" }),
      message: Type.String({ description: "The provider's words" }),
    }),
  },
  'payment-over': {
    status: 409,
    title: { ko: '끝난 결제입니다.', en: 'This payment has ended.' },
    action: {
      ko: '예매에서 결제를 다시 시작해 주세요.',
      en: 'Start a new payment from your reservation.',
    },
    retryable: false,
  },
  'payment-in-progress': {
    status: 409,
    title: {
      ko: '이 예매의 결제를 확인하고 있습니다.',
      en: 'A payment for this reservation is being checked.',
    },
    action: {
      ko: '다시 결제하지 말고 결과를 기다려 주세요.',
      en: 'Do not pay again; wait for the outcome.',
    },
    retryable: true,
    data: Type.Object({ paymentId: Type.String() }),
  },
  'already-paid': {
    status: 409,
    title: { ko: '이미 결제한 예매입니다.', en: 'This reservation is paid already.' },
    action: { ko: '내 티켓을 확인해 주세요.', en: 'Look in your tickets.' },
    retryable: false,
  },
  'amount-not-payable': {
    status: 409,
    title: {
      ko: '이 금액은 결제할 수 없습니다.',
      en: 'This amount cannot be paid by card or account.',
    },
    action: { ko: '고객센터에 문의해 주세요.', en: 'Contact support.' },
    retryable: false,
    data: Type.Object({ minimum: Type.Integer({ description: 'Won' }) }),
  },
  'refund-in-progress': {
    status: 409,
    title: {
      ko: '이 결제의 다른 환불을 처리하고 있습니다.',
      en: 'Another refund of this payment is running.',
    },
    action: { ko: '끝난 뒤 다시 시도해 주세요.', en: 'Try again when it has ended.' },
    retryable: true,
  },
  'not-refundable': {
    status: 409,
    title: { ko: '환불할 수 없는 결제입니다.', en: 'This payment cannot be refunded.' },
    action: { ko: '결제 상태를 확인해 주세요.', en: 'Check the state of the payment.' },
    retryable: false,
  },
} as const satisfies Record<string, ProblemDefinition>;
