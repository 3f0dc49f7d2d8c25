import { type ProblemCode, problemTable } from '@urr/contracts/problem-table.ts';

export function isProblemCode(code: string | null): code is ProblemCode {
  return code !== null && Object.hasOwn(problemTable, code);
}
