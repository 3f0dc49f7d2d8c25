import { type CallInput, type CallResult, callRoute } from '@urr/contracts/call-route.ts';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { isSignedInHere, renewSession } from './session.ts';

/** What one call may say besides its input. */
export interface CallExtras {
  /** Makes a repeated POST one. */
  readonly idempotencyKey?: string;
  /** A file, for a route that takes one instead of JSON. */
  readonly rawBody?: Blob;
  /** Milliseconds; 10,000 when absent. */
  readonly deadlineMs?: number;
}

/**
 * Calls a route from a page. Cookies say who calls; a session whose access token has ended is renewed once. Refusals are
 * values, in the language of the page; `unknown` says that nobody can tell whether the request was carried out.
 */
export async function call<Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
  extras: CallExtras = {},
): Promise<CallResult<Contract>> {
  const language = document.documentElement.lang === 'en' ? ('en' as const) : ('ko' as const);
  // Where nobody has signed in the answer is known: asking would only be refused.
  if (contract.access !== 'public' && !isSignedInHere())
    return { ok: false, problem: problemDocument('unauthenticated', { language }), unknown: false };
  const options = {
    baseUrl: '',
    language,
    headers: {
      'accept-language': language,
      ...(extras.idempotencyKey === undefined ? {} : { 'idempotency-key': extras.idempotencyKey }),
    },
    ...(extras.rawBody === undefined ? {} : { rawBody: extras.rawBody }),
    ...(extras.deadlineMs === undefined ? {} : { deadlineMs: extras.deadlineMs }),
  };
  const result = await callRoute(contract, input, options);
  if (result.ok || result.problem.code !== 'unauthenticated') return result;
  return (await renewSession()) ? callRoute(contract, input, options) : result;
}
