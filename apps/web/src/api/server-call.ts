import 'server-only';
import { type CallInput, type CallResult, callRoute } from '@urr/contracts/call-route.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { getLocale } from 'next-intl/server';
import { webConfig } from '../../server/config.ts';

/** Calls a public route while a page is rendered. A page that waits for long is worse than one that says it could not. */
export async function serverCall<Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
): Promise<CallResult<Contract>> {
  return callRoute(contract, input, {
    baseUrl: webConfig().GATEWAY_SERVICE_URL,
    headers: { 'accept-language': await getLocale() },
    deadlineMs: 4_000,
  });
}
