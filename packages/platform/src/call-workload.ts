import { type CallInput, callRoute, type CallResult } from '@urr/contracts/call-route.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { Value } from 'typebox/value';
import { internalTokenHeader } from './internal-token.ts';
import type { Secret } from './secret.ts';

/** Where another workload is, how it knows us, and how long we wait for it. */
export interface WorkloadCall {
  readonly baseUrl: string;
  readonly internalToken: Secret;
  /** Milliseconds until the call is given up. */
  readonly deadlineMs: number;
}

/** Calls an internal route. A success that does not fit the contract, as from a stranger at that address, is no answer. */
export function callWorkload<Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
  { baseUrl, internalToken, deadlineMs }: WorkloadCall,
): Promise<CallResult<Contract>> {
  return callRoute(contract, input, {
    baseUrl,
    headers: { [internalTokenHeader]: internalToken.reveal() },
    deadlineMs,
    isAnswer: (schema, body) => Value.Check(schema, body),
  });
}
