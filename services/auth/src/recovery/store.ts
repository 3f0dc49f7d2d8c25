import { passwordResetMinutes } from '@urr/contracts/auth-recovery.ts';
import { type Kysely, sql } from 'kysely';
import type { AuthTables } from '../tables.ts';

/** Somebody's wish for a new password. */
export interface ResetWish {
  readonly mailId: string;
  /** As normalised; known or not. */
  readonly email: string;
  readonly network: string;
}

/** How often may be asked within the life of a link. */
export interface ResetLimits {
  readonly perAccount: number;
  readonly perNetwork: number;
}

/** A mail that could not be sent for so long answers nobody's wish any more. Minutes. */
const giveUpMinutes = 60;

/** Owes the mail; answers 0, or the seconds until this network may ask again. Takes no notice of accounts. */
export async function askReset(
  db: Kysely<AuthTables>,
  { mailId, email, network }: ResetWish,
  limits: ResetLimits,
): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    SELECT ask_password_reset(${mailId}::uuid, ${email}, ${network}, ${limits.perAccount}::integer,
      ${limits.perNetwork}::integer, ${passwordResetMinutes} * interval '1 minute',
      ${giveUpMinutes} * interval '1 minute') AS seconds`.execute(db);
  return rows[0]?.seconds ?? 0;
}

/** Removes at most `limit` links and counters nobody needs; answers how many of the one there were more of. */
export async function removeOldResets(db: Kysely<AuthTables>, limit: number): Promise<number> {
  const resets = await sql`
    DELETE FROM password_resets WHERE id IN (
      SELECT id FROM password_resets WHERE expires_at < clock_timestamp() - interval '30 days' LIMIT ${limit}
    )`.execute(db);
  const counts = await sql`
    DELETE FROM password_reset_counts WHERE subject IN (
      SELECT subject FROM password_reset_counts WHERE since < clock_timestamp() - interval '1 day' LIMIT ${limit}
    )`.execute(db);
  return Math.max(Number(resets.numAffectedRows ?? 0n), Number(counts.numAffectedRows ?? 0n));
}
