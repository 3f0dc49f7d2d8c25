import {
  type EntryClaims,
  entryTokenCookie,
  entryTokenHeader,
  verifyEntryToken,
} from '@urr/entry-token/entry-token.ts';
import { cookieOf } from './identity.ts';
import { Problem } from './problem.ts';

/** Seconds a process's clock may be wrong: the end of a slot is decided by the store, when the hold is written. */
export const entryToleranceSeconds = 90;

/** The entry token of a request: the header of API clients, else the cookie of browsers. */
export function entryTokenOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  const given = headers[entryTokenHeader];
  if (typeof given === 'string' && given !== '') return given;
  return cookieOf(headers['cookie'], entryTokenCookie);
}

/** Claims of an entry token whose signature holds. `exp`: end of the slot, seconds since the epoch. */
export type VerifiedEntry = EntryClaims & { readonly exp: number };

/** Verifies an entry token; throws `entry-token-expired` or `entry-token-invalid`. The caller compares account and event. */
export function requireEntry(token: string, key: Uint8Array): VerifiedEntry {
  const verified = verifyEntryToken(token, key, {
    nowSeconds: Date.now() / 1000,
    toleranceSeconds: entryToleranceSeconds,
  });
  if (verified.kind === 'valid') return verified.claims;
  throw new Problem(verified.fault === 'expired' ? 'entry-token-expired' : 'entry-token-invalid');
}
