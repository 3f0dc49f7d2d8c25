import { clientNetwork } from '@urr/platform/client-network.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type Kysely, sql } from 'kysely';
import type { Deps } from '../deps.ts';
import type { AuthTables } from '../tables.ts';

/** Failures older than this are forgotten. Seconds. */
const memorySeconds = 15 * 60;

/** One attempt: the mail as typed, known or not, and the client's address. */
export interface Attempt {
  readonly email: string;
  readonly address: string;
}

type SlowDownDeps = Pick<Deps, 'db' | 'config'>;

/** Charges an attempt before its password is looked at; throws `sign-in-slowed` while account or address is blocked. */
export async function chargeAttempt(deps: SlowDownDeps, attempt: Attempt): Promise<void> {
  const { SIGN_IN_FREE_FAILURES_PER_ACCOUNT: free, SIGN_IN_LONGEST_DELAY_SECONDS: longest } = deps.config;
  const result = await sql<{ seconds: number }>`
    SELECT charge_sign_in(${accountSubject(attempt)}, ${addressSubject(attempt)}, ${free}::integer,
      ${longest}::integer, ${memorySeconds} * interval '1 second') AS seconds`.execute(deps.db);
  const seconds = result.rows[0]?.seconds ?? 0;
  if (seconds > 0) throw new Problem('sign-in-slowed', { retryAfter: seconds });
}

/** Counts a failure against the client's network; the account was charged before. */
export async function countFailure(deps: SlowDownDeps, attempt: Attempt): Promise<void> {
  const { SIGN_IN_FREE_FAILURES_PER_ADDRESS: free, SIGN_IN_LONGEST_DELAY_SECONDS: longest } = deps.config;
  await sql`
    SELECT count_address_failure(${addressSubject(attempt)}, ${free}::integer, ${longest}::integer,
      ${memorySeconds} * interval '1 second')`.execute(deps.db);
}

/** Forgets the account's failures after a success. The address keeps its own: one good account must not clear it. */
export async function forgetFailures(deps: SlowDownDeps, attempt: Attempt): Promise<void> {
  // A counter lost in a crash harms nobody, so this commit does not wait for the disk.
  await sql`
    DELETE FROM sign_in_failures WHERE subject = ${accountSubject(attempt)}
      AND set_config('synchronous_commit', 'off', true) = 'off'`.execute(deps.db);
}

/** Forgets an account's failures in the transaction that gives it a new password. */
export async function forgetFailuresIn(transaction: Kysely<AuthTables>, email: string): Promise<void> {
  await transaction.deleteFrom('sign_in_failures').where('subject', '=', accountSubject({ email })).execute();
}

/** Removes at most `limit` rows nobody looks at any more; answers how many. */
export async function removeOldFailures(db: Kysely<AuthTables>, limit: number): Promise<number> {
  const removed = await sql`
    DELETE FROM sign_in_failures WHERE subject IN (
      SELECT subject FROM sign_in_failures
      WHERE last_at < clock_timestamp() - interval '1 day' AND blocked_until < clock_timestamp() LIMIT ${limit}
    )`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}

function accountSubject(attempt: Pick<Attempt, 'email'>): string {
  return `account:${attempt.email}`;
}

function addressSubject(attempt: Attempt): string {
  return `address:${clientNetwork(attempt.address)}`;
}
