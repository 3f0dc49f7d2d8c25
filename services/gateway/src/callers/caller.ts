import type { Access } from '@urr/contracts/route-contract.ts';
import { type Account, accessTokenCookie, cookieOf, type IdentityCheck } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Who sent a request. Without a valid token both are absent, and nothing that was sent in their place is forwarded. */
export interface Caller {
  readonly account?: Account;
  readonly token?: string;
}

const nobody: Caller = {};

/** Reads and verifies the access token: the `Authorization` header wins over the cookie. */
export function callerOf(headers: Headers, identify: IdentityCheck): Caller {
  const token = bearerOf(headers) ?? cookieOf(headers['cookie'], accessTokenCookie);
  if (token === undefined || token === '') return nobody;
  const account = identify(token);
  return account === undefined ? nobody : { account, token };
}

/** Throws `unauthenticated` or `forbidden` when a route of this access is closed to the caller. */
export function requireAccess(access: Access, account: Account | undefined): void {
  if (access === 'public') return;
  if (account === undefined) throw new Problem('unauthenticated');
  const isAllowed =
    access === 'account' ||
    account.role === 'admin' ||
    (access === 'organiser' && account.role === 'organiser');
  if (!isAllowed) throw new Problem('forbidden');
}

/** True when the request proves who sent it by a header, which no foreign page can make a browser send. */
export function hasBearer(headers: Headers): boolean {
  return bearerOf(headers) !== undefined;
}

function bearerOf(headers: Headers): string | undefined {
  const authorization = headers['authorization'];
  const isBearer = typeof authorization === 'string' && authorization.slice(0, 7).toLowerCase() === 'bearer ';
  return isBearer ? authorization.slice(7).trim() : undefined;
}
