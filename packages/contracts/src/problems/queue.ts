import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of queue-service. */
export const queueProblems = {} as const satisfies Record<string, ProblemDefinition>;
