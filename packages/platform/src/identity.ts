import type { AccountRole } from '@urr/contracts/auth.ts';
import { type RegisteredClaims, signHs256, verifyHs256 } from '@urr/entry-token/hs256.ts';
import type { Secret } from './secret.ts';

/** The signed-in account of a request. */
export interface Account {
  readonly accountId: string;
  readonly role: AccountRole;
  /** Session (refresh-token family) the token belongs to. */
  readonly sessionId: string;
}

/** Cookie a browser carries the access token in. */
export const accessTokenCookie = 'access_token';
const accessAudience = 'urr-access';
// Replicas' clocks differ; the end of a session does not need the second.
const toleranceSeconds = 60;

interface AccessClaims {
  readonly role: AccountRole;
  readonly sid: string;
}

/** Signs an access token. Times are seconds since the epoch. */
export function signAccessToken(
  account: Account,
  time: { readonly nowSeconds: number; readonly lifetimeSeconds: number; readonly tokenId: string },
  key: Uint8Array,
): string {
  const claims: RegisteredClaims & AccessClaims = {
    iss: 'urr-auth',
    aud: accessAudience,
    sub: account.accountId,
    jti: time.tokenId,
    iat: time.nowSeconds,
    exp: time.nowSeconds + time.lifetimeSeconds,
    role: account.role,
    sid: account.sessionId,
  };
  return signHs256({ ...claims }, key);
}

/** Answers who a token speaks for, or `undefined`. */
export type IdentityCheck = (token: string) => Account | undefined;

/** The key behind `JWT_SECRET`, base64. */
export function signingKey(secret: Secret): Uint8Array {
  return Buffer.from(secret.reveal(), 'base64');
}

/** Verifies access tokens; verified ones are remembered (at most `remembered`), so a repeated caller costs a map look-up. */
export function createIdentityCheck(secret: Secret, remembered = 20_000): IdentityCheck {
  const key = signingKey(secret);
  const known = new Map<string, { account: Account; endsAtSeconds: number }>();
  return (token) => {
    const nowSeconds = Date.now() / 1000;
    const hit = known.get(token);
    if (hit !== undefined && hit.endsAtSeconds > nowSeconds) return hit.account;
    const verified = verifyHs256<AccessClaims>(token, key, {
      audience: accessAudience,
      nowSeconds,
      toleranceSeconds,
    });
    if (verified.kind === 'invalid') return undefined;
    const { sub, role, sid, exp } = verified.claims;
    const account: Account = { accountId: sub, role, sessionId: sid };
    if (known.size >= remembered) known.clear();
    known.set(token, { account, endsAtSeconds: exp });
    return account;
  };
}

/** The bearer token of an `Authorization` header, or the access-token cookie. */
export function accessTokenOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  return bearerOf(headers) ?? cookieOf(headers['cookie'], accessTokenCookie);
}

/** The bearer token of an `Authorization` header. */
export function bearerOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  const authorization = headers['authorization'];
  const isBearer = typeof authorization === 'string' && authorization.slice(0, 7).toLowerCase() === 'bearer ';
  return isBearer ? authorization.slice(7).trim() : undefined;
}

/** The value of one cookie in a `Cookie` header. */
export function cookieOf(header: string | string[] | undefined, name: string): string | undefined {
  if (typeof header !== 'string') return undefined;
  for (const pair of header.split(';')) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return undefined;
}
