import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PlatformTables } from './platform-tables.ts';
import { removeInPieces } from './remove-in-pieces.ts';

/**
 * Deletes what nobody needs any more: published events after a week, digested event ids and replayed dead letters after
 * 30 days, idempotency answers after 24 h.
 */
export async function prunePlatformTables<Tables extends PlatformTables>(
  db: Kysely<Tables>,
  stopping: AbortSignal,
): Promise<void> {
  const run = async (statement: RawBuilder<unknown>) =>
    Number((await statement.execute(db)).numAffectedRows ?? 0n);
  await removeInPieces(
    [
      (limit) => run(oldestPublished(limit)),
      (limit) => run(oldest('consumed_events', 'consumed_at', '30 days', limit)),
      (limit) => run(oldest('dead_letters', 'replayed_at', '30 days', limit)),
      (limit) => run(oldest('idempotency_keys', 'created_at', '24 hours', limit)),
    ],
    stopping,
  );
}

// Events are published in the order of their position, so the oldest are found by the primary key: an index of
// `published_at` would be written for every event, for this alone.
function oldestPublished(limit: number): RawBuilder<unknown> {
  return sql`
    DELETE FROM outbox WHERE published_at < now() - interval '7 days'
      AND position = ANY(ARRAY(SELECT position FROM outbox ORDER BY position LIMIT ${limit}))`;
}

function oldest(
  table: Exclude<keyof PlatformTables, 'outbox'>,
  instant: string,
  age: string,
  limit: number,
): RawBuilder<unknown> {
  return sql`
    DELETE FROM ${sql.table(table)} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${sql.table(table)} WHERE ${sql.ref(instant)} < now() - ${age}::interval
      ORDER BY ${sql.ref(instant)} LIMIT ${limit}))`;
}
