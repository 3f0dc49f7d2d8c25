import { type Account, accessTokenOf, bearerOf, type IdentityCheck } from '@urr/platform/identity.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Who sent a request. Without a valid token both are absent, and nothing that was sent in their place is forwarded. */
export interface Caller {
  readonly account?: Account;
  readonly token?: string;
}

const nobody: Caller = {};

/** Reads and verifies the access token: the `Authorization` header wins over the cookie. */
export function callerOf(headers: Headers, identify: IdentityCheck): Caller {
  const token = accessTokenOf(headers);
  if (token === undefined) return nobody;
  const account = identify(token);
  return account === undefined ? nobody : { account, token };
}

/** True when the request proves who sent it by a header, which no foreign page can make a browser send. */
export function hasBearer(headers: Headers): boolean {
  return bearerOf(headers) !== undefined;
}
