import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of ticket-service. */
export const ticketProblems = {
  'inventory-conflict': {
    status: 409,
    title: { ko: '이미 판매된 좌석은 바꿀 수 없습니다.', en: 'Places that are held or sold cannot change.' },
    action: { ko: '새 공연을 만들어 주세요.', en: 'Create a new event instead.' },
    retryable: false,
  },
  'reservation-not-found': {
    status: 404,
    title: { ko: '예매를 찾을 수 없습니다.', en: 'There is no such reservation.' },
    action: { ko: '내 예매 목록을 확인해 주세요.', en: 'Look in your reservations.' },
    retryable: false,
  },
  'reservation-over': {
    status: 409,
    title: { ko: '선점 시간이 끝난 예매입니다.', en: 'This reservation is no longer held.' },
    action: { ko: '좌석을 다시 선택해 주세요.', en: 'Choose seats again.' },
    retryable: false,
  },
  'amount-mismatch': {
    status: 409,
    title: {
      ko: '결제 금액이 예매 금액과 다릅니다.',
      en: 'The amount paid is not the amount of the reservation.',
    },
    action: { ko: '결제를 다시 시작해 주세요.', en: 'Start the payment again.' },
    retryable: false,
  },
  'ticket-not-returnable': {
    status: 409,
    title: { ko: '환불할 수 없는 티켓입니다.', en: 'This ticket cannot be returned.' },
    action: { ko: '내 티켓에서 상태를 확인해 주세요.', en: 'Check its state in your tickets.' },
    retryable: false,
  },
  'return-too-late': {
    status: 409,
    title: { ko: '환불 기한이 지났습니다.', en: 'The time for refunds has passed.' },
    action: { ko: '고객센터에 문의해 주세요.', en: 'Contact support.' },
    retryable: false,
  },
} as const satisfies Record<string, ProblemDefinition>;
