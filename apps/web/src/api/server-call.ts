import 'server-only';
import { type CallInput, type CallResult, callRoute } from '@urr/contracts/call-route.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { getLocale } from 'next-intl/server';
import { headers } from 'next/headers';
import { webConfig } from '../../server/config.ts';
import { frontendHeader } from '../../server/relay.ts';

/** Calls a public route while a page is rendered. A page that waits for long is worse than one that says it could not. */
export async function serverCall<Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
): Promise<CallResult<Contract>> {
  const language = (await getLocale()) === 'en' ? 'en' : 'ko';
  return callRoute(contract, input, {
    language,
    baseUrl: webConfig().GATEWAY_SERVICE_URL,
    headers: { 'accept-language': language, ...(await forReader()) },
    deadlineMs: 4_000,
  });
}

// A page is asked for by its reader: the reader's limit counts, not ours.
async function forReader(): Promise<Record<string, string>> {
  const { FRONTEND_SECRET } = webConfig();
  const way = (await headers()).get('x-forwarded-for');
  if (FRONTEND_SECRET === undefined || way === null) return {};
  return { [frontendHeader]: FRONTEND_SECRET, 'x-forwarded-for': way };
}
