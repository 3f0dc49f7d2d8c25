import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of the gateway itself. */
export const gatewayProblems = {
  'cross-site-refused': {
    status: 403,
    title: { ko: '다른 사이트에서 보낸 요청은 받지 않습니다.', en: 'The request came from another site.' },
    action: { ko: '이 사이트에서 다시 시도해 주세요.', en: 'Try again from our own pages.' },
    retryable: false,
  },
} as const satisfies Record<string, ProblemDefinition>;
