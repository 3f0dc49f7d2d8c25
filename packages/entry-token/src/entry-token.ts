import { type Expectation, type RegisteredClaims, signHs256, type Verified, verifyHs256 } from './hs256.ts';

/** Proof of admission: one account, one event, until the slot ends. */
export interface EntryClaims {
  readonly eventId: string;
  /** Account id; the same as `sub`. */
  readonly accountId: string;
  /** The slot it opens; the same as `jti`. */
  readonly slotId: string;
}

/** Cookie the browser carries it in. */
export const entryTokenCookie = 'urr-entry-token';
/** Header API clients carry it in. */
export const entryTokenHeader = 'x-queue-entry-token';

const audience = 'urr-entry';

/** What an entry token is made of. Times are seconds since the epoch by the store's clock. */
export interface EntrySlot {
  readonly eventId: string;
  readonly accountId: string;
  readonly slotId: string;
  readonly startsAtSeconds: number;
  readonly endsAtSeconds: number;
}

/** Signs the entry token of a slot. */
export function signEntryToken(slot: EntrySlot, key: Uint8Array): string {
  return signHs256(
    {
      iss: 'urr-queue',
      aud: audience,
      sub: slot.accountId,
      jti: slot.slotId,
      iat: slot.startsAtSeconds,
      exp: slot.endsAtSeconds,
      eventId: slot.eventId,
    },
    key,
  );
}

/** Verifies an entry token; the caller still compares event and account with the request. */
export function verifyEntryToken(
  token: string,
  key: Uint8Array,
  time: Pick<Expectation, 'nowSeconds' | 'toleranceSeconds'>,
): Verified<EntryClaims> {
  const verified = verifyHs256<{ eventId?: unknown }>(token, key, { audience, ...time });
  if (verified.kind === 'invalid') return verified;
  const { eventId, sub, jti } = verified.claims;
  if (typeof eventId !== 'string' || typeof sub !== 'string' || typeof jti !== 'string')
    return { kind: 'invalid', fault: 'malformed' };
  const registered: RegisteredClaims = verified.claims;
  return { kind: 'valid', claims: { ...registered, eventId, accountId: sub, slotId: jti } };
}
