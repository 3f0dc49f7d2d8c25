import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { requireAccess } from '@urr/platform/access.ts';
import { clientNetwork } from '@urr/platform/client-network.ts';
import type { FastifyRequest } from 'fastify';
import { type Caller, callerOf, hasBearer } from './callers/caller.ts';
import type { Deps } from './deps.ts';
import type { LimitHeaders } from './limits/rate-limits.ts';

/** A request that may go on. */
export interface AuthorizedRequest {
  readonly caller: Caller;
  readonly limitHeaders: LimitHeaders;
  /** When the request arrived, by `performance.now()`. */
  readonly arrivedAt: number;
}

type AuthorizationDeps = Pick<Deps, 'identify' | 'limits' | 'browser' | 'checkEntry' | 'clientAddress'>;

/**
 * Decides whether a request may go on, before its body is read: who calls, how much, from which page, admitted by
 * the line. Throws the refusal, or rejects with it where limits are shared. The limit comes before every refusal that a
 * stranger could provoke for free.
 */
export function authorizeRequest(
  deps: AuthorizationDeps,
  contract: RouteContract,
  request: FastifyRequest,
): AuthorizedRequest | Promise<AuthorizedRequest> {
  const arrivedAt = performance.now();
  const caller = callerOf(request.headers, deps.identify);
  const limitHeaders = deps.limits.take(
    contract.limit,
    caller.account?.accountId ?? clientNetwork(deps.clientAddress(request)),
  );
  if (limitHeaders instanceof Promise)
    return limitHeaders.then((headers) =>
      checked(deps, contract, request, { caller, limitHeaders: headers, arrivedAt }),
    );
  return checked(deps, contract, request, { caller, limitHeaders, arrivedAt });
}

function checked(
  deps: AuthorizationDeps,
  contract: RouteContract,
  { headers, method }: FastifyRequest,
  authorized: AuthorizedRequest,
): AuthorizedRequest {
  const { account } = authorized.caller;
  requireAccess(contract.access, account);
  if (!hasBearer(headers)) deps.browser.refuseForeign(method, headers);
  if (contract.entry === true && account !== undefined) deps.checkEntry(headers, account.accountId);
  return authorized;
}
