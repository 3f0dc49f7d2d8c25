import { type CallInput, type CallResult, callRoute } from '@urr/contracts/call-route.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { Locale } from '../../src/i18n/routing.ts';
import { frontendHeader } from '../../server/relay.ts';

/** Who asks for a page. */
export interface Reader {
  readonly locale: Locale;
  /** Way the request came, as `x-forwarded-for` says it. */
  readonly way: string;
  /** Undefined for who is not signed in, or whose access token has ended. */
  readonly accessToken: string | undefined;
}

/** An answer with the cookies that came with it. */
type Answered<Contract> = CallResult<Contract> & { readonly cookies: readonly string[] };

/** Calls gateway-service on behalf of a reader. */
export type Gateway = <Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
  reader: Reader,
) => Promise<Answered<Contract>>;

const deadlineMs = 4_000;

/** Creates the way to gateway-service. The reader's limits count, not ours: it is told whose request it is. */
export function createGateway(options: {
  readonly gatewayUrl: string;
  readonly frontendSecret: string | undefined;
}): Gateway {
  return async (contract, input, reader) => {
    let cookies: readonly string[] = [];
    const result = await callRoute(contract, input, {
      baseUrl: options.gatewayUrl,
      deadlineMs,
      headers: headersOf(reader, options.frontendSecret),
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        cookies = response.headers.getSetCookie();
        return response;
      },
    });
    return { ...result, cookies };
  };
}

function headersOf(reader: Reader, secret: string | undefined): Record<string, string> {
  return {
    'accept-language': reader.locale,
    ...(reader.accessToken === undefined ? {} : { cookie: `access_token=${reader.accessToken}` }),
    ...(secret === undefined ? {} : { [frontendHeader]: secret, 'x-forwarded-for': reader.way }),
  };
}
