import { passwordResetMinutes } from '@urr/contracts/auth-recovery.ts';
import { type Kysely, sql } from 'kysely';
import type { AuthTables } from '../tables.ts';

/** Makes a link work from now on, for its time; false when it was used. */
export async function openReset(
  db: Kysely<AuthTables>,
  reset: { readonly id: string; readonly accountId: string; readonly tokenHash: Buffer },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO password_resets AS r (id, account_id, token_hash, expires_at)
    VALUES (${reset.id}, ${reset.accountId}, ${reset.tokenHash},
      clock_timestamp() + ${passwordResetMinutes} * interval '1 minute')
    ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
      WHERE r.ended_at IS NULL AND r.token_hash = excluded.token_hash
    RETURNING 1`.execute(db);
  return rows.length === 1;
}

/** The account whose link it is, while it works. */
export async function accountOfReset(db: Kysely<AuthTables>, tokenHash: Buffer): Promise<string | undefined> {
  const row = await db
    .selectFrom('password_resets')
    .select('account_id')
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return row?.account_id;
}

/** Uses a link; false when somebody was faster, or its time is over. */
export async function useReset(transaction: Kysely<AuthTables>, tokenHash: Buffer): Promise<boolean> {
  const used = await transaction
    .updateTable('password_resets')
    .set({ ended_at: sql<Date>`clock_timestamp()` })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** Voids every link of an account that still works. */
export async function endResets(transaction: Kysely<AuthTables>, accountId: string): Promise<void> {
  await transaction
    .updateTable('password_resets')
    .set({ ended_at: sql<Date>`clock_timestamp()` })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute();
}
