import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { PlatformTables } from './platform-tables.ts';
import { Problem } from './problem.ts';

/** One request under an idempotency key. */
export interface KeyedRequest {
  /** Account id; keys of different callers never meet. */
  readonly caller: string;
  readonly key: string;
  /** Operation id of the route. */
  readonly route: string;
  readonly fingerprint: string;
}

/** The right to answer under a key, until another takes it over. */
export interface Claim {
  readonly caller: string;
  readonly key: string;
  /** As the store wrote it, to the microsecond: a successor's is later. */
  readonly claimedUntil: string;
}

/** What to do with a keyed request. */
export type KeyOutcome =
  | { readonly kind: 'run'; readonly claim: Claim }
  | { readonly kind: 'replay'; readonly status: number; readonly body: unknown };

/**
 * Longer than the gateway waits for any route (29 s at most), so that a claim is only taken over when nobody waits for its answer.
 * Whoever is still at work then holds nothing any more. What runs under a key is idempotent by its own rows besides.
 */
const claimSeconds = 35;

/** Hash of what makes two requests the same: route, parameters, query and body. */
export function fingerprintOf(route: string, params: unknown, query: unknown, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([route, params ?? null, query ?? null, body ?? null]))
    .digest('base64url');
}

/**
 * Claims a key, or answers the stored reply. Throws `request-in-flight` (409) or `idempotency-key-reused` (422).
 * One atomic statement decides who runs; the store's clock decides when a claim is dead.
 */
export async function claimKey<Tables extends PlatformTables>(
  db: Kysely<Tables>,
  request: KeyedRequest,
): Promise<KeyOutcome> {
  const platform = db as unknown as Kysely<PlatformTables>;
  const claimed = await sql<{ claimedUntil: string }>`
    INSERT INTO idempotency_keys AS existing (caller, key, route, fingerprint, claimed_until)
    VALUES (${request.caller}, ${request.key}, ${request.route}, ${request.fingerprint}, clock_timestamp() + ${claimSeconds} * interval '1 second')
    ON CONFLICT (caller, key) DO UPDATE SET claimed_until = excluded.claimed_until
      WHERE existing.status IS NULL AND existing.claimed_until < clock_timestamp()
        AND existing.fingerprint = excluded.fingerprint
    RETURNING claimed_until::text AS "claimedUntil"`.execute(platform);
  const [taken] = claimed.rows;
  if (taken !== undefined)
    return { kind: 'run', claim: { caller: request.caller, key: request.key, ...taken } };
  const stored = await platform
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'body'])
    .where('caller', '=', request.caller)
    .where('key', '=', request.key)
    .executeTakeFirst();
  if (stored !== undefined && stored.fingerprint !== request.fingerprint)
    throw new Problem('idempotency-key-reused');
  if (stored === undefined || stored.status === null)
    throw new Problem('request-in-flight', { retryAfter: 1 });
  return { kind: 'replay', status: stored.status, body: stored.body };
}

/** Stores the answer under the key; of a claim that was taken over, nothing. */
export async function storeAnswer<Tables extends PlatformTables>(
  db: Kysely<Tables>,
  claim: Claim,
  answer: { readonly status: number; readonly body: unknown },
): Promise<void> {
  const platform = db as unknown as Kysely<PlatformTables>;
  await platform
    .updateTable('idempotency_keys')
    .set({ status: answer.status, body: JSON.stringify(answer.body ?? null) })
    .where('caller', '=', claim.caller)
    .where('key', '=', claim.key)
    .where('claimed_until', '=', sql<Date>`${claim.claimedUntil}::timestamptz`)
    .execute();
}

/**
 * Gives a key back after an answer that must not be replayed: busy, or an unknown outcome. It goes on standing for the same
 * request, which runs again; one that was taken over stays its successor's.
 */
export async function releaseKey<Tables extends PlatformTables>(
  db: Kysely<Tables>,
  claim: Claim,
): Promise<void> {
  const platform = db as unknown as Kysely<PlatformTables>;
  await platform
    .updateTable('idempotency_keys')
    .set({ claimed_until: sql<Date>`clock_timestamp()` })
    .where('caller', '=', claim.caller)
    .where('key', '=', claim.key)
    .where('claimed_until', '=', sql<Date>`${claim.claimedUntil}::timestamptz`)
    .where('status', 'is', null)
    .execute();
}
