import type { Kysely } from 'kysely';
import type { QueueTables } from '../tables.ts';

const pageSize = 50;

/** Changes made to a line, newest first. */
export async function readAudit(
  db: Kysely<QueueTables>,
  eventId: string,
  page: { readonly before?: number; readonly limit?: number },
) {
  const rows = await db
    .selectFrom('audit_log')
    .select(['id', 'at', 'actor', 'action', 'before', 'after'])
    .where('subject', '=', `sale:${eventId}`)
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit ?? pageSize)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
