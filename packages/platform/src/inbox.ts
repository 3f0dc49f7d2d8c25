import type { Kysely } from 'kysely';
import type { PlatformTables } from './platform-tables.ts';

/** True the first time this consumer sees the event; call it first in the transaction that acts on the event. */
export async function firstTime<Tables extends PlatformTables>(
  transaction: Kysely<Tables>,
  consumer: string,
  eventId: string,
): Promise<boolean> {
  const platform = transaction as unknown as Kysely<PlatformTables>;
  const inserted = await platform
    .insertInto('consumed_events')
    .values({ consumer, event_id: eventId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return inserted !== undefined;
}
