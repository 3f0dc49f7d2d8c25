import type { Kysely } from 'kysely';
import type { PlatformTables } from './platform-tables.ts';

/** One change: who did what to what, and how it looked before and after. */
export interface AuditEntry {
  /** Account id, or the name of the service that acted by itself. */
  readonly actor: string;
  /** Verb and object, such as `event.publish`. */
  readonly action: string;
  /** Kind and id, such as `event:…`. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly requestId?: string | undefined;
}

/** Writes an audit row in the caller's transaction, so that the row and the change are one. */
export async function audit<Tables extends PlatformTables>(
  transaction: Kysely<Tables>,
  entry: AuditEntry,
): Promise<void> {
  const platform = transaction as unknown as Kysely<PlatformTables>;
  await platform
    .insertInto('audit_log')
    .values({
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      request_id: entry.requestId ?? null,
    })
    .execute();
}
