import { entryTokenCookie, entryTokenHeader, verifyEntryToken } from '@urr/entry-token/entry-token.ts';
import { cookieOf } from '@urr/platform/identity.ts';
import { equalsSecret } from '@urr/platform/internal-token.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Secret } from '@urr/platform/secret.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Header by which our distribution says that its viewer-request function has checked the entry token. */
export const distributionHeader = 'x-cloudfront-verified';

/** Throws an `entry-token-…` refusal unless the request carries the account's entry token. */
export type EntryCheck = (headers: Headers, accountId: string) => void;

// Clocks of services differ; the end of a slot is decided by the store when the hold is written.
const toleranceSeconds = 90;

/** Creates the check. ticket-service repeats it with the event, so passing here opens nothing by itself. */
export function createEntryCheck(secret: Secret, distributionSecret: Secret | undefined): EntryCheck {
  const key = Buffer.from(secret.reveal(), 'utf8');
  return (headers, accountId) => {
    if (cameThroughDistribution(headers, distributionSecret)) return;
    const token = entryTokenOf(headers);
    if (token === undefined) throw new Problem('entry-token-missing');
    const verified = verifyEntryToken(token, key, { nowSeconds: Date.now() / 1000, toleranceSeconds });
    if (verified.kind === 'invalid')
      throw new Problem(verified.fault === 'expired' ? 'entry-token-expired' : 'entry-token-invalid');
    if (verified.claims.accountId !== accountId) throw new Problem('entry-token-foreign');
  };
}

/** True when the request carries the distribution's secret; always false while none is configured. */
export function cameThroughDistribution(headers: Headers, secret: Secret | undefined): boolean {
  const given = headers[distributionHeader];
  return secret !== undefined && typeof given === 'string' && equalsSecret(given, secret);
}

/** The entry token of a request: the header of API clients, else the cookie of browsers. */
export function entryTokenOf(headers: Headers): string | undefined {
  const given = headers[entryTokenHeader];
  if (typeof given === 'string' && given !== '') return given;
  return cookieOf(headers['cookie'], entryTokenCookie);
}
