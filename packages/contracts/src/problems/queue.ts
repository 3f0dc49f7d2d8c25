import { Type } from 'typebox';
import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of queue-service. */
export const queueProblems = {
  'sale-not-found': {
    status: 404,
    title: { ko: '판매 중인 공연이 아닙니다.', en: 'There is no sale for this event.' },
    action: { ko: '공연 목록에서 다시 선택해 주세요.', en: 'Choose an event from the list.' },
    retryable: false,
  },
  'lobby-not-open': {
    status: 409,
    title: { ko: '아직 대기실이 열리지 않았습니다.', en: 'The lobby is not open yet.' },
    action: { ko: '대기실이 열리는 시각에 다시 들어와 주세요.', en: 'Come back when the lobby opens.' },
    retryable: true,
    data: Type.Object({ lobbyOpensAt: Type.String() }),
  },
  'line-closed': {
    status: 409,
    title: { ko: '대기열이 더 이상 새로 받지 않습니다.', en: 'The line takes nobody new.' },
    action: {
      ko: '이미 줄을 선 분들만 입장합니다. 공연 페이지에서 안내를 확인해 주세요.',
      en: 'Only people already in line are served. See the event page for news.',
    },
    retryable: false,
  },
  'sale-closed': {
    status: 409,
    title: { ko: '판매가 끝났거나 취소되었습니다.', en: 'The sale has ended or was cancelled.' },
    action: { ko: '다른 공연을 선택해 주세요.', en: 'Choose another event.' },
    retryable: false,
  },
  'receipt-not-valid': {
    status: 422,
    title: { ko: '대기표가 올바르지 않습니다.', en: 'The place receipt is not valid.' },
    action: {
      ko: '대기표 없이 다시 줄을 서 주세요. 자리가 남아 있으면 그대로 유지됩니다.',
      en: 'Join again without the receipt; a place you still have is kept.',
    },
    retryable: false,
  },
  'place-not-found': {
    status: 404,
    title: { ko: '대기열에 자리가 없습니다.', en: 'You have no place in this line.' },
    action: { ko: '먼저 줄을 서 주세요.', en: 'Join the line first.' },
    retryable: false,
  },
  'place-used': {
    status: 409,
    title: { ko: '입장 시간이 이미 끝났습니다.', en: 'Your time inside is over.' },
    action: { ko: '다시 줄을 서 주세요.', en: 'Join the line again.' },
    retryable: false,
  },
  'not-your-turn': {
    status: 409,
    title: { ko: '아직 입장 차례가 아닙니다.', en: 'It is not your turn yet.' },
    action: {
      ko: '자리는 유지됩니다. 잠시 뒤 다시 시도해 주세요.',
      en: 'Your place is kept; try again shortly.',
    },
    retryable: true,
    data: Type.Object({ ahead: Type.Union([Type.Integer(), Type.Null()]) }),
  },
  'line-paused': {
    status: 409,
    title: { ko: '입장이 잠시 멈췄습니다.', en: 'Admission is paused.' },
    action: {
      ko: '자리는 유지됩니다. 안내를 기다려 주세요.',
      en: 'Your place is kept; please wait for news.',
    },
    retryable: true,
  },
  'nothing-left': {
    status: 409,
    title: { ko: '지금은 남은 좌석이 없습니다.', en: 'Nothing is left right now.' },
    action: {
      ko: '자리는 유지됩니다. 취소 좌석이 나오면 이어서 입장합니다.',
      en: 'Your place is kept; the line goes on when seats come back.',
    },
    retryable: true,
  },
  'draw-running': {
    status: 409,
    title: { ko: '순서를 추첨하고 있습니다.', en: 'The order is being drawn.' },
    action: { ko: '잠시 뒤 다시 시도해 주세요.', en: 'Try again in a moment.' },
    retryable: true,
  },
  'draw-not-held': {
    status: 409,
    title: { ko: '아직 추첨 전입니다.', en: 'The draw has not been held yet.' },
    action: { ko: '판매가 시작된 뒤 확인해 주세요.', en: 'Come back after the sale has opened.' },
    retryable: true,
  },
  'not-in-draw': {
    status: 404,
    title: { ko: '추첨에 참여하지 않았습니다.', en: 'You were not part of the draw.' },
    action: {
      ko: '판매 시작 뒤에 줄을 선 분은 도착한 순서대로 입장합니다.',
      en: 'People who joined after opening are served in order of arrival.',
    },
    retryable: false,
  },
} as const satisfies Record<string, ProblemDefinition>;
