import { uuidPattern } from '@urr/contracts/primitives.ts';
import {
  entryToleranceSeconds,
  entryTokenOf,
  requireEntry,
  type VerifiedEntry,
} from '@urr/platform/entry.ts';
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

/** Verifies entry tokens; verified ones are remembered (at most `remembered`), so that a repeated one costs a look-up. */
export function createEntryCheck(secret: Secret, remembered = 50_000): EntryCheck {
  const key = Buffer.from(secret.reveal(), 'utf8');
  const known = new Map<string, VerifiedEntry>();
  return (headers, eventId, accountId) => {
    const token = entryTokenOf(headers);
    if (token === undefined) throw new Problem('entry-token-missing');
    let claims = known.get(token);
    if (claims === undefined || claims.exp + entryToleranceSeconds <= Date.now() / 1000) {
      claims = requireEntry(token, key);
      // A whole group of holds is one statement: what is no uuid would fail it for all of them.
      if (!uuidPattern.test(claims.slotId)) throw new Problem('entry-token-invalid');
      if (known.size >= remembered) known.clear();
      known.set(token, claims);
    }
    if (claims.eventId !== eventId || claims.accountId !== accountId)
      throw new Problem('entry-token-foreign');
    return { slotId: claims.slotId, slotEndSeconds: claims.exp };
  };
}
