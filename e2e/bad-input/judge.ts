import { generalProblems } from '@urr/contracts/problems/general.ts';
import { gatewayProblems } from '@urr/contracts/problems/gateway.ts';
import { type ProblemCode, problemTable } from '@urr/contracts/problem-table.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { Compile } from 'typebox/compile';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  /** Empty for a stream. */
  readonly text: string;
}

/** What may come back. `refused`: a refusal. `answered`: a refusal, or the success of the contract. A code: that refusal. */
export type Expectation = 'refused' | 'answered' | ProblemCode;

/** What is wrong with an answer, in words; `undefined` when nothing is. */
export function faultOf(
  contract: RouteContract,
  answer: Answer,
  expected: Expectation,
  privateWords: readonly string[] = [],
): string | undefined {
  const leaked = privateWords.find((word) => answer.text.includes(word));
  if (leaked !== undefined) return `tells ${leaked}`;
  if (answer.status >= 500) return 'fails';
  if (answer.status >= 400) return refusalFault(contract, answer, expected);
  return expected === 'answered' ? successFault(contract, answer) : 'is not refused';
}

/** The code of a refusal. */
export function refusalCode(answer: Answer): string | undefined {
  if (!answer.type.startsWith('application/problem+json')) return undefined;
  return (JSON.parse(answer.text) as { code?: string }).code;
}

function refusalFault(contract: RouteContract, answer: Answer, expected: Expectation): string | undefined {
  const code = refusalCode(answer);
  if (code === undefined) return 'is no problem+json';
  const shared = [...Object.keys(generalProblems), ...Object.keys(gatewayProblems)];
  if (![...contract.refusals, ...shared].includes(code)) return `${code} is not in the route's table`;
  const { status } = problemTable[code as ProblemCode];
  const told = (JSON.parse(answer.text) as { status?: number }).status;
  if (status !== answer.status || status !== told) return `${code} is a ${status}`;
  return expected === 'refused' || expected === 'answered' || expected === code
    ? undefined
    : `is no ${expected}`;
}

function successFault({ success }: RouteContract, answer: Answer): string | undefined {
  if (answer.status !== success.status) return `is no ${success.status}`;
  if (success.body === undefined) return undefined;
  return Compile(success.body).Check(JSON.parse(answer.text)) ? undefined : 'does not fit its schema';
}
