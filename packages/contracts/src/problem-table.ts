import type { ProblemDefinition } from './problem-definition.ts';
import { authProblems } from './problems/auth.ts';
import { catalogProblems } from './problems/catalog.ts';
import { gatewayProblems } from './problems/gateway.ts';
import { generalProblems } from './problems/general.ts';
import { paymentProblems } from './problems/payment.ts';
import { queueProblems } from './problems/queue.ts';
import { ticketProblems } from './problems/ticket.ts';

/** The closed table of everything URR can refuse with. `docs/problems.md` is generated from it. */
export const problemTable = {
  ...generalProblems,
  ...gatewayProblems,
  ...authProblems,
  ...catalogProblems,
  ...queueProblems,
  ...ticketProblems,
  ...paymentProblems,
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problemTable;

/** The definition behind a code. */
export function problemDefinition(code: ProblemCode): ProblemDefinition {
  return problemTable[code];
}
