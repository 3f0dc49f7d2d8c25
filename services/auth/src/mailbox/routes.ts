import { listMailbox, readMailboxMail } from '@urr/contracts/auth-mailbox.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { findMailboxRow, listMailboxRows } from './store.ts';

const defaultPageSize = 100;

/** Routes of the mailbox. Never registered where there is a mail server: its mails are nobody else's to read. */
export function serveMailbox(server: ServeDeps, { db }: Pick<Deps, 'db'>): void {
  serve(server, listMailbox, async ({ query }) => {
    const rows = await listMailboxRows(db, {
      recipient: query.recipient,
      limit: query.limit ?? defaultPageSize,
    });
    return { mails: rows.map((row) => entryOf(row)) };
  });

  serve(server, readMailboxMail, async ({ params }) => {
    const row = await findMailboxRow(db, params.mailId);
    if (row === undefined) throw new Problem('mail-not-found');
    return { ...entryOf(row), text: row.text_body, html: row.html_body };
  });
}

function entryOf(row: { mail_id: string; recipient: string; subject: string; received_at: Date }) {
  return {
    mailId: row.mail_id,
    recipient: row.recipient,
    subject: row.subject,
    receivedAt: row.received_at.toISOString(),
  };
}
