import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of catalog-service. */
export const catalogProblems = {} as const satisfies Record<string, ProblemDefinition>;
