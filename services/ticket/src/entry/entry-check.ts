import {
  type EntryClaims,
  entryTokenCookie,
  entryTokenHeader,
  verifyEntryToken,
} from '@urr/entry-token/entry-token.ts';
import { cookieOf } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Secret } from '@urr/platform/secret.ts';

/** What an entry token opens: a slot, until when by the store's clock. */
export interface Entry {
  readonly slotId: string;
  readonly slotEndSeconds: number;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Answers the entry a request carries for this event and account, or throws the refusal. */
export type EntryCheck = (headers: Headers, eventId: string, accountId: string) => Entry;

// This process's clock may be wrong by so much: the end of a slot is decided by the store, when the hold is written.
const toleranceSeconds = 90;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Remembered = EntryClaims & { readonly exp: number };

/** Verifies entry tokens; verified ones are remembered (at most `remembered`), so that a repeated one costs a look-up. */
export function createEntryCheck(secret: Secret, remembered = 50_000): EntryCheck {
  const key = Buffer.from(secret.reveal(), 'utf8');
  const known = new Map<string, Remembered>();
  return (headers, eventId, accountId) => {
    const token = entryTokenOf(headers);
    if (token === undefined) throw new Problem('entry-token-missing');
    let claims = known.get(token);
    if (claims === undefined || claims.exp + toleranceSeconds <= Date.now() / 1000) {
      claims = verified(token, key);
      if (known.size >= remembered) known.clear();
      known.set(token, claims);
    }
    if (claims.eventId !== eventId || claims.accountId !== accountId)
      throw new Problem('entry-token-foreign');
    return { slotId: claims.slotId, slotEndSeconds: claims.exp };
  };
}

function verified(token: string, key: Uint8Array): Remembered {
  const result = verifyEntryToken(token, key, { nowSeconds: Date.now() / 1000, toleranceSeconds });
  // A whole group of holds is one statement: what is no uuid would fail it for all of them.
  if (result.kind === 'valid' && uuid.test(result.claims.slotId)) return result.claims;
  throw new Problem(
    result.kind === 'invalid' && result.fault === 'expired' ? 'entry-token-expired' : 'entry-token-invalid',
  );
}

function entryTokenOf(headers: Headers): string | undefined {
  const given = headers[entryTokenHeader];
  if (typeof given === 'string' && given !== '') return given;
  return cookieOf(headers['cookie'], entryTokenCookie);
}
