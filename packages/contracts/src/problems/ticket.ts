import { Type } from 'typebox';
import type { ProblemDefinition } from '../problem-definition.ts';
import { SeatId, Uuid } from '../primitives.ts';

/** Refusals of ticket-service. */
export const ticketProblems = {
  'entry-token-missing': {
    status: 403,
    title: { ko: '대기열을 거쳐야 예매할 수 있습니다.', en: 'Only people admitted by the line can book.' },
    action: { ko: '대기열에 들어가 차례를 기다려 주세요.', en: 'Join the line and wait to be let in.' },
    retryable: false,
  },
  'entry-token-invalid': {
    status: 403,
    title: { ko: '입장 토큰을 확인할 수 없습니다.', en: 'The entry token cannot be verified.' },
    action: { ko: '대기열에서 다시 입장해 주세요.', en: 'Enter again from the line.' },
    retryable: false,
  },
  'entry-token-foreign': {
    status: 403,
    title: {
      ko: '다른 공연이나 다른 계정의 입장 토큰입니다.',
      en: 'The entry token belongs to another event or account.',
    },
    action: { ko: '이 공연의 대기열에서 입장해 주세요.', en: 'Enter through the line of this event.' },
    retryable: false,
  },
  'entry-token-expired': {
    status: 403,
    title: { ko: '입장 시간이 끝났습니다.', en: 'Your time inside has ended.' },
    action: { ko: '대기열에 다시 들어가 주세요.', en: 'Join the line again.' },
    retryable: false,
  },
  'sale-cancelled': {
    status: 409,
    title: { ko: '취소된 공연이라 예매할 수 없습니다.', en: 'This event is cancelled and cannot be booked.' },
    action: { ko: '다른 공연을 찾아 주세요.', en: 'Look for another event.' },
    retryable: false,
  },
  'sale-over': {
    status: 409,
    title: { ko: '판매가 끝난 공연입니다.', en: 'The sale of this event has ended.' },
    action: { ko: '다른 공연을 찾아 주세요.', en: 'Look for another event.' },
    retryable: false,
  },
  'seats-taken': {
    status: 409,
    title: { ko: '선택한 좌석 중 이미 선점된 좌석이 있습니다.', en: 'Some of these seats are taken.' },
    action: { ko: '표시된 좌석을 다른 좌석으로 바꿔 주세요.', en: 'Choose other seats for the listed ones.' },
    retryable: true,
    data: Type.Object({
      seats: Type.Array(
        Type.Object({
          seatId: SeatId,
          reason: Type.Unsafe<'held' | 'sold' | 'blocked' | 'contended'>(
            Type.String({ enum: ['held', 'sold', 'blocked', 'contended'] }),
          ),
          freeAt: Type.Optional(
            Type.String({ format: 'date-time', description: 'When the hold ends unless it is paid' }),
          ),
        }),
      ),
    }),
  },
  'seats-unknown': {
    status: 422,
    title: { ko: '이 공연에 없는 좌석입니다.', en: 'This event has no such seats.' },
    action: { ko: '좌석 배치도를 다시 불러와 주세요.', en: 'Load the seat map again.' },
    retryable: false,
    data: Type.Object({ seatIds: Type.Array(Type.Integer()) }),
  },
  'grade-unknown': {
    status: 422,
    title: { ko: '이 공연에 없는 등급입니다.', en: 'This event has no such grade.' },
    action: { ko: '공연의 등급을 확인해 주세요.', en: 'Look at the grades of the event.' },
    retryable: false,
  },
  'grade-sold-out': {
    status: 409,
    title: {
      ko: '이 등급에는 지금 남은 자리가 부족합니다.',
      en: 'This grade has too few free seats right now.',
    },
    action: {
      ko: '매수를 줄이거나 다른 등급을 골라 주세요. 선점이 풀리면 다시 나올 수 있습니다.',
      en: 'Ask for fewer or another grade. Seats may come back when holds end.',
    },
    retryable: true,
    data: Type.Object({ left: Type.Integer({ description: 'Free seats of the grade now' }) }),
  },
  'places-taken': {
    status: 409,
    title: { ko: '남은 수량이 부족합니다.', en: 'There are too few places left.' },
    action: {
      ko: '매수를 줄여 주세요. 선점이 풀리면 다시 나올 수 있습니다.',
      en: 'Ask for fewer. Places may come back when holds end.',
    },
    retryable: true,
    data: Type.Object({
      pools: Type.Array(Type.Object({ ticketTypeId: Uuid, left: Type.Integer() })),
    }),
  },
  'ticket-type-unknown': {
    status: 422,
    title: { ko: '이 공연에 없는 권종입니다.', en: 'This event has no such ticket type.' },
    action: { ko: '공연의 권종을 확인해 주세요.', en: 'Look at the ticket types of the event.' },
    retryable: false,
    data: Type.Object({ ticketTypeIds: Type.Array(Uuid) }),
  },
  'limit-reached': {
    status: 409,
    title: { ko: '1인 구매 한도를 넘었습니다.', en: 'This is more than one person may buy.' },
    action: {
      ko: '이미 갖고 있거나 선점 중인 자리도 한도에 들어갑니다. 매수를 줄이거나 선점 중인 예매를 취소해 주세요.',
      en: 'What you own or hold already counts. Ask for fewer, or give back a booking you have not paid.',
    },
    retryable: false,
    data: Type.Object({
      limit: Type.Integer({ description: 'Places one account may have' }),
      live: Type.Integer({ description: 'Places the account holds or owns now' }),
    }),
  },
  'reservation-confirmed': {
    status: 409,
    title: { ko: '이미 결제된 예매입니다.', en: 'This reservation is paid already.' },
    action: { ko: '취소하려면 환불을 신청해 주세요.', en: 'Ask for a refund instead.' },
    retryable: false,
  },
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
  'event-without-seats': {
    status: 404,
    title: { ko: '좌석 배치도가 없는 공연입니다.', en: 'This event has no seat map.' },
    action: { ko: '권종을 골라 예매해 주세요.', en: 'Choose a ticket type instead.' },
    retryable: false,
  },
  'ticket-not-found': {
    status: 404,
    title: { ko: '티켓을 찾을 수 없습니다.', en: 'There is no such ticket.' },
    action: { ko: '내 티켓 목록을 확인해 주세요.', en: 'Look in your tickets.' },
    retryable: false,
  },
  'ticket-not-valid': {
    status: 409,
    title: { ko: '환불 중이거나 환불된 티켓입니다.', en: 'This ticket is being refunded or was refunded.' },
    action: { ko: '내 티켓에서 상태를 확인해 주세요.', en: 'Check its state in your tickets.' },
    retryable: false,
    data: Type.Object({ state: Type.String({ enum: ['returning', 'returned'] }) }),
  },
  'ticket-already-used': {
    status: 409,
    title: { ko: '이미 사용된 티켓입니다.', en: 'This ticket was used already.' },
    action: { ko: '입장 시각과 좌석을 확인해 주세요.', en: 'Compare the time of entry and the seat.' },
    retryable: false,
    data: Type.Object({
      usedAt: Type.String({ format: 'date-time' }),
      byYou: Type.Boolean({ description: 'The caller let it in, perhaps without seeing the answer' }),
    }),
  },
  'ticket-code-unknown': {
    status: 404,
    title: { ko: '티켓 QR이 아닙니다.', en: 'This is not the QR of a ticket.' },
    action: { ko: '내 티켓 화면의 QR을 다시 보여 주세요.', en: 'Show the QR from the ticket page.' },
    retryable: false,
  },
  'ticket-code-stale': {
    status: 409,
    title: { ko: '지난 QR입니다.', en: 'This QR is out of date.' },
    action: {
      ko: '캡처한 화면이 아닌 내 티켓 화면의 QR을 보여 주세요.',
      en: 'Show the ticket page itself, not a picture of it.',
    },
    retryable: true,
  },
  'ticket-for-another-event': {
    status: 409,
    title: { ko: '다른 공연의 티켓입니다.', en: 'This ticket is for another event.' },
    action: { ko: '공연 이름과 날짜를 확인해 주세요.', en: 'Compare the event and its date.' },
    retryable: false,
    data: Type.Object({ eventId: Uuid }),
  },
} as const satisfies Record<string, ProblemDefinition>;
