import { type Kysely, sql } from 'kysely';
import type { AuthTables } from '../tables.ts';

/** A session about to be written, with its first refresh token. */
export interface NewSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly userAgent: string;
  readonly address: string;
  readonly refreshTokenHash: Buffer;
}

/** What became of a refresh token; `rotate_refresh_token` in the migrations explains the outcomes. */
export interface Rotation {
  readonly outcome: 'rotated' | 'repeated' | 'reused' | 'over';
  readonly session: string | null;
  readonly account: string | null;
}

type EndReason = 'logout' | 'ended' | 'password' | 'role';

/** Writes sessions and their first tokens in one statement. */
export async function insertSessions(
  db: Kysely<AuthTables>,
  sessions: readonly NewSession[],
  lifetimeSeconds: number,
): Promise<void> {
  const column = <Key extends keyof NewSession>(key: Key) => sessions.map((session) => session[key]);
  await sql`
    WITH given AS (
      SELECT * FROM unnest(
        ${column('sessionId')}::uuid[], ${column('accountId')}::uuid[], ${column('userAgent')}::text[],
        ${column('address')}::text[], ${column('refreshTokenHash')}::bytea[]
      ) AS g (id, account_id, user_agent, address, token_hash)
    ), made AS (
      INSERT INTO sessions (id, account_id, user_agent, address, expires_at)
      SELECT id, account_id, user_agent, address, clock_timestamp() + ${lifetimeSeconds} * interval '1 second' FROM given
    )
    INSERT INTO refresh_tokens (token_hash, session_id) SELECT token_hash, id FROM given`.execute(db);
}

/** Exchanges a token for its successor, in a statement that commits by itself whatever the outcome. */
export async function rotateRefreshToken(
  db: Kysely<AuthTables>,
  rotation: {
    readonly given: Buffer;
    readonly successor: Buffer;
    readonly graceSeconds: number;
    readonly lifetimeSeconds: number;
    readonly address: string;
  },
): Promise<Rotation> {
  const { given, successor, graceSeconds, lifetimeSeconds, address } = rotation;
  const result = await sql<Rotation>`
    SELECT * FROM rotate_refresh_token(${given}, ${successor}, ${graceSeconds} * interval '1 second',
      ${lifetimeSeconds} * interval '1 second', ${address})`.execute(db);
  return result.rows[0] ?? { outcome: 'over', session: null, account: null };
}

/** The session a refresh token belongs to. */
export async function sessionOfToken(
  db: Kysely<AuthTables>,
  refreshTokenHash: Buffer,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('refresh_tokens')
    .select('session_id')
    .where('token_hash', '=', refreshTokenHash)
    .executeTakeFirst();
  return row?.session_id;
}

/** Live sessions of an account, latest first. */
export function liveSessions(db: Kysely<AuthTables>, accountId: string) {
  return db
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'address', 'created_at', 'last_used_at', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .orderBy('last_used_at', 'desc')
    .limit(100)
    .execute();
}

/** Ends one live session; of a given account alone when `accountId` is there. False when there is none. */
export async function endOneSession(
  db: Kysely<AuthTables>,
  session: { readonly sessionId: string; readonly accountId?: string; readonly because: EndReason },
): Promise<boolean> {
  const { accountId } = session;
  const ended = await db
    .updateTable('sessions')
    .set({ ended_at: sql`clock_timestamp()`, ended_because: session.because })
    .where('id', '=', session.sessionId)
    .where('ended_at', 'is', null)
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId ?? ''))
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** Ends every live session of an account. */
export async function endAllSessions(
  db: Kysely<AuthTables>,
  accountId: string,
  because: EndReason,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ended_at: sql`clock_timestamp()`, ended_because: because })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Removes at most `limit` sessions that ended or expired long ago, with their tokens; answers how many. */
export async function removeOldSessions(
  db: Kysely<AuthTables>,
  keepDays: number,
  limit: number,
): Promise<number> {
  const removed = await sql`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE expires_at < clock_timestamp() - ${keepDays} * interval '1 day' LIMIT ${limit}
    )`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
