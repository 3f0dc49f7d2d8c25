import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { clientNetwork } from '@urr/platform/client-network.ts';
import type { FastifyRequest } from 'fastify';
import { type Caller, callerOf, hasBearer, requireAccess } from './callers/caller.ts';
import type { Deps } from './deps.ts';
import type { LimitHeaders } from './limits/rate-limits.ts';

/** A request that may go on. */
export interface Admission {
  readonly caller: Caller;
  readonly limitHeaders: LimitHeaders;
  /** When the request arrived, by `performance.now()`. */
  readonly arrivedAt: number;
}

/**
 * Decides whether a request may go on, before its body is read: who calls, how much, from which page, admitted by
 * the line. Throws the refusal. The limit comes before every refusal that a stranger could provoke for free.
 */
export function admit(
  deps: Pick<Deps, 'identify' | 'limits' | 'browser' | 'checkEntry' | 'clientAddress'>,
  contract: RouteContract,
  request: FastifyRequest,
): Admission {
  const arrivedAt = performance.now();
  const { headers, method } = request;
  const caller = callerOf(headers, deps.identify);
  const limitHeaders = deps.limits.take(
    contract.limit,
    caller.account?.accountId ?? clientNetwork(deps.clientAddress(request)),
  );
  requireAccess(contract.access, caller.account);
  if (!hasBearer(headers)) deps.browser.refuseForeign(method, headers);
  if (contract.entry === true && caller.account !== undefined)
    deps.checkEntry(headers, caller.account.accountId);
  return { caller, limitHeaders, arrivedAt };
}
