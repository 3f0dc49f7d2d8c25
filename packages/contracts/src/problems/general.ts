import { Type } from 'typebox';
import type { ProblemDefinition } from '../problem-definition.ts';

/** Problems every route can answer with. */
export const generalProblems = {
  'malformed-request': {
    status: 400,
    title: { ko: '요청을 읽을 수 없습니다.', en: 'The request cannot be read.' },
    action: { ko: '요청 형식을 확인해 주세요.', en: 'Check the syntax of the request.' },
    retryable: false,
  },
  'invalid-input': {
    status: 422,
    title: { ko: '입력값이 올바르지 않습니다.', en: 'Some values are not valid.' },
    action: { ko: '표시된 항목을 고쳐 주세요.', en: 'Correct the listed fields.' },
    retryable: false,
    data: Type.Object({
      errors: Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
    }),
  },
  unauthenticated: {
    status: 401,
    title: { ko: '로그인이 필요합니다.', en: 'You are not signed in.' },
    action: { ko: '로그인한 뒤 다시 시도해 주세요.', en: 'Sign in, then try again.' },
    retryable: false,
  },
  forbidden: {
    status: 403,
    title: { ko: '권한이 없습니다.', en: 'You may not do this.' },
    action: { ko: '권한이 있는 계정으로 로그인해 주세요.', en: 'Use an account that has the permission.' },
    retryable: false,
  },
  'route-not-found': {
    status: 404,
    title: { ko: '없는 주소입니다.', en: 'There is nothing at this address.' },
    action: { ko: '주소를 확인해 주세요.', en: 'Check the address.' },
    retryable: false,
  },
  'method-not-allowed': {
    status: 405,
    title: { ko: '허용되지 않은 메서드입니다.', en: 'This address does not take that method.' },
    action: { ko: 'Allow 헤더의 메서드를 사용해 주세요.', en: 'Use a method from the Allow header.' },
    retryable: false,
  },
  'payload-too-large': {
    status: 413,
    title: { ko: '요청 본문이 너무 큽니다.', en: 'The request body is too large.' },
    action: { ko: '본문을 줄여 주세요.', en: 'Send a smaller body.' },
    retryable: false,
  },
  'unsupported-media-type': {
    status: 415,
    title: { ko: '지원하지 않는 형식입니다.', en: 'The content type is not supported.' },
    action: {
      ko: '이 주소가 받는 형식으로 보내 주세요. 대개 application/json입니다.',
      en: 'Send a type that this address takes: application/json nearly everywhere.',
    },
    retryable: false,
  },
  'idempotency-key-reused': {
    status: 422,
    title: {
      ko: '같은 멱등 키가 다른 요청에 쓰였습니다.',
      en: 'This idempotency key was used for another request.',
    },
    action: { ko: '새 Idempotency-Key를 사용해 주세요.', en: 'Use a new Idempotency-Key.' },
    retryable: false,
  },
  'request-in-flight': {
    status: 409,
    title: { ko: '같은 요청을 처리하고 있습니다.', en: 'The same request is being handled.' },
    action: { ko: '잠시 뒤 같은 요청을 다시 보내 주세요.', en: 'Repeat the same request shortly.' },
    retryable: true,
  },
  'rate-limited': {
    status: 429,
    title: { ko: '요청이 너무 많습니다.', en: 'Too many requests.' },
    action: { ko: '잠시 뒤 다시 시도해 주세요.', en: 'Try again after a moment.' },
    retryable: true,
  },
  'internal-error': {
    status: 500,
    title: { ko: '서버에 문제가 생겼습니다.', en: 'Something failed on our side.' },
    action: { ko: '문의할 때 요청 번호를 알려 주세요.', en: 'Quote the request id when you contact us.' },
    retryable: true,
  },
  'upstream-unavailable': {
    status: 503,
    title: { ko: '서비스에 연결할 수 없습니다.', en: 'A service cannot be reached.' },
    action: { ko: '잠시 뒤 다시 시도해 주세요.', en: 'Try again after a moment.' },
    retryable: true,
  },
  overloaded: {
    status: 503,
    title: { ko: '지금은 요청이 몰려 있습니다.', en: 'The service is at its limit right now.' },
    action: { ko: '잠시 뒤 다시 시도해 주세요.', en: 'Try again after a moment.' },
    retryable: true,
  },
  'deadline-exceeded': {
    status: 504,
    title: { ko: '응답이 제시간에 오지 않았습니다.', en: 'The answer did not arrive in time.' },
    action: {
      ko: '결과를 확인한 뒤 다시 시도해 주세요.',
      en: 'Check the outcome before you try again.',
    },
    retryable: true,
  },
} as const satisfies Record<string, ProblemDefinition>;
