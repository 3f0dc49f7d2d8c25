import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of payment-service. */
export const paymentProblems = {} as const satisfies Record<string, ProblemDefinition>;
