import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of auth-service. */
export const authProblems = {} as const satisfies Record<string, ProblemDefinition>;
