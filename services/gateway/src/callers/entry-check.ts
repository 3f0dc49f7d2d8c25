import { entryTokenOf, requireEntry } from '@urr/platform/entry.ts';
import { equalsSecret } from '@urr/platform/internal-token.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Secret } from '@urr/platform/secret.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Header by which our distribution says that its viewer-request function has checked the entry token. */
export const distributionHeader = 'x-cloudfront-verified';

/** Throws an `entry-token-…` refusal unless the request carries the account's entry token. */
export type EntryCheck = (headers: Headers, accountId: string) => void;

/** Creates the check. ticket-service repeats it with the event, so passing here opens nothing by itself. */
export function createEntryCheck(secret: Secret, distributionSecret: Secret | undefined): EntryCheck {
  const key = Buffer.from(secret.reveal(), 'utf8');
  return (headers, accountId) => {
    if (cameThroughDistribution(headers, distributionSecret)) return;
    const token = entryTokenOf(headers);
    if (token === undefined) throw new Problem('entry-token-missing');
    if (requireEntry(token, key).accountId !== accountId) throw new Problem('entry-token-foreign');
  };
}

/** True when the request carries the distribution's secret; never while none is configured. */
export function cameThroughDistribution(headers: Headers, secret: Secret | undefined): boolean {
  const given = headers[distributionHeader];
  return secret !== undefined && typeof given === 'string' && equalsSecret(given, secret);
}
