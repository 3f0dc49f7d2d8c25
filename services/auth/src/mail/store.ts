import { type Kysely, sql } from 'kysely';
import type { Language } from '@urr/platform/language.ts';
import type { AuthTables } from '../tables.ts';
import type { MailContent, OwedMail } from './mail-content.ts';

/** How one attempt to send a mail ended. */
export interface Attempt {
  readonly mail: Pick<OwedMail, 'mailId' | 'attempts'>;
  /** `dropped`: there is nobody to write to. */
  readonly outcome: Outcome;
  readonly fault: string | null;
  /** Until the next attempt. Seconds. */
  readonly pauseSeconds: number;
}

export type Outcome = 'sent' | 'failed' | 'later' | 'dropped';

/** What an account is to be told by mail. */
export interface MailToOwe {
  readonly accountId: string;
  readonly content: MailContent;
}

/** Owes mails, in the transaction of what they tell; an unknown account is owed nothing. */
export async function oweMails(transaction: Kysely<AuthTables>, mails: readonly MailToOwe[]): Promise<void> {
  if (mails.length === 0) return;
  await sql`
    INSERT INTO mails (id, account_id, recipient, language, template, data)
    SELECT gen_random_uuid(), a.id, a.email, a.language, m.template, m.data::jsonb
    FROM unnest(
      ${mails.map(({ accountId }) => accountId)}::uuid[], ${mails.map(({ content }) => content.template)}::text[],
      ${mails.map(({ content }) => JSON.stringify(content.data))}::text[]
    ) AS m (account_id, template, data) JOIN accounts a ON a.id = m.account_id`.execute(transaction);
}

interface ClaimedRow {
  readonly id: string;
  readonly recipient: string;
  readonly language: Language | null;
  readonly template: string;
  readonly data: unknown;
  readonly created_at: Date;
  readonly attempts: number;
  readonly is_too_late: boolean;
}

/** Takes mails whose turn it is, for one attempt each; nobody else gets them within the lease. */
export async function claimMails(
  db: Kysely<AuthTables>,
  most: number,
  leaseSeconds: number,
): Promise<OwedMail[]> {
  const { rows } = await sql<ClaimedRow>`
    SELECT id, recipient, language, template, data, created_at, attempts,
      coalesce(give_up_at <= clock_timestamp(), false) AS is_too_late
    FROM claim_mails(${most}::integer, ${leaseSeconds} * interval '1 second')`.execute(db);
  return rows.map((row) => ({
    // Written by `oweMails` or by `ask_password_reset`.
    ...(row as unknown as MailContent),
    mailId: row.id,
    recipient: row.recipient,
    language: row.language,
    createdAt: row.created_at,
    attempts: row.attempts,
    isTooLate: row.is_too_late,
  }));
}

/**
 * Writes how attempts ended, in one statement; answers those that were given up. What was sent is sent, whoever sent it;
 * a failure counts only while the attempt is the latest, so that a replica which was away for long does not undo another's
 * work. What would come too late at its next attempt is given up now.
 */
export async function settleMails(
  db: Kysely<AuthTables>,
  attempts: readonly Attempt[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string; has_failed: boolean }>`
    WITH ended AS (
      SELECT * FROM unnest(
        ${attempts.map(({ mail }) => mail.mailId)}::uuid[], ${attempts.map(({ mail }) => mail.attempts)}::integer[],
        ${attempts.map(({ outcome }) => outcome)}::text[], ${attempts.map(({ fault }) => fault)}::text[],
        ${attempts.map(({ pauseSeconds }) => pauseSeconds)}::integer[]
      ) AS g (id, attempts, outcome, fault, pause)
    ), dropped AS (
      DELETE FROM mails m USING ended e WHERE m.id = e.id AND e.outcome = 'dropped'
    ), decided AS (
      SELECT e.id, e.attempts, e.fault, moment.next,
        CASE WHEN e.outcome = 'later' AND m.give_up_at <= moment.next THEN 'failed' ELSE e.outcome END AS outcome
      FROM ended e JOIN mails m ON m.id = e.id,
        LATERAL (SELECT clock_timestamp() + e.pause * interval '1 second' AS next) moment
      WHERE e.outcome <> 'dropped'
    )
    UPDATE mails m SET fault = d.fault,
      sent_at = CASE d.outcome WHEN 'sent' THEN clock_timestamp() END,
      failed_at = CASE d.outcome WHEN 'failed' THEN clock_timestamp() END,
      next_attempt_at = CASE d.outcome WHEN 'later' THEN d.next END
    FROM decided d WHERE m.id = d.id AND m.next_attempt_at IS NOT NULL
      AND (d.outcome = 'sent' OR m.attempts = d.attempts)
    RETURNING m.id, m.failed_at IS NOT NULL AS has_failed`.execute(db);
  return new Set(rows.filter((row) => row.has_failed).map((row) => row.id));
}

/** How many mails wait, and for how long the oldest has. */
export async function countMails(
  db: Kysely<AuthTables>,
): Promise<{ readonly waiting: number; readonly oldestSeconds: number }> {
  const { rows } = await sql<{ waiting: number; oldest: number }>`
    SELECT count(*)::integer AS waiting,
      coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS oldest
    FROM mails WHERE next_attempt_at IS NOT NULL`.execute(db);
  return { waiting: rows[0]?.waiting ?? 0, oldestSeconds: rows[0]?.oldest ?? 0 };
}

/** Removes at most `limit` mails sent or given up long ago; answers how many. */
export async function removeOldMails(
  db: Kysely<AuthTables>,
  keepDays: number,
  limit: number,
): Promise<number> {
  const removed = await sql`
    DELETE FROM mails WHERE id IN (
      SELECT id FROM mails WHERE created_at < clock_timestamp() - ${keepDays} * interval '1 day'
        AND next_attempt_at IS NULL LIMIT ${limit}
    )`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
