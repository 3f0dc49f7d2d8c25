import { type Kysely, sql } from 'kysely';
import type { OutgoingMail } from '../mail/mailer.ts';
import type { AuthTables } from '../tables.ts';

/** Keeps mails; one that is here already stays as it is. */
export async function insertIntoMailbox(
  db: Kysely<AuthTables>,
  mails: readonly OutgoingMail[],
): Promise<void> {
  const column = <Key extends keyof OutgoingMail>(key: Key) => mails.map((mail) => mail[key]);
  // Lost in a crash it is written again: the note that it was sent comes later in the same log.
  await sql`
    INSERT INTO mailbox (mail_id, recipient, subject, text_body, html_body)
    SELECT g.* FROM unnest(
      ${column('mailId')}::uuid[], ${column('recipient')}::text[], ${column('subject')}::text[],
      ${column('text')}::text[], ${column('html')}::text[]
    ) AS g, set_config('synchronous_commit', 'off', true)
    ON CONFLICT (mail_id) DO NOTHING`.execute(db);
}

/** The newest mails, of one recipient when one is given. */
export function listMailboxRows(
  db: Kysely<AuthTables>,
  page: { readonly recipient: string | undefined; readonly limit: number },
) {
  let query = db
    .selectFrom('mailbox')
    .select(['mail_id', 'recipient', 'subject', 'received_at'])
    .orderBy('received_at', 'desc')
    .orderBy('mail_id', 'desc')
    .limit(page.limit);
  if (page.recipient !== undefined) query = query.where('recipient', '=', page.recipient);
  return query.execute();
}

export function findMailboxRow(db: Kysely<AuthTables>, mailId: string) {
  return db.selectFrom('mailbox').selectAll().where('mail_id', '=', mailId).executeTakeFirst();
}

/** Removes at most `limit` mails that are old, or older than the newest `keep`; answers how many. */
export async function removeOldMailboxRows(
  db: Kysely<AuthTables>,
  bounds: { readonly days: number; readonly keep: number },
  limit: number,
): Promise<number> {
  const removed = await sql`
    DELETE FROM mailbox WHERE mail_id IN (
      SELECT mail_id FROM mailbox WHERE received_at < greatest(
        clock_timestamp() - ${bounds.days} * interval '1 day',
        (SELECT received_at FROM mailbox ORDER BY received_at DESC OFFSET ${bounds.keep} LIMIT 1)
      ) LIMIT ${limit}
    )`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
