import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';
import type { Kysely } from 'kysely';
import type { EventHandler } from './event-bus.ts';
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

/** `bury` of a subscription: keeps the event and its fault until somebody replays it. */
export function deadLetterBox<Tables extends PlatformTables>(db: Kysely<Tables>, consumer: string) {
  const platform = db as unknown as Kysely<PlatformTables>;
  return async (envelope: DomainEventEnvelope, topic: Topic, fault: unknown): Promise<void> => {
    await platform
      .insertInto('dead_letters')
      .values({
        consumer,
        event_id: envelope.id,
        topic,
        envelope: JSON.stringify(envelope),
        fault: fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault),
      })
      .onConflict((conflict) =>
        conflict.columns(['consumer', 'event_id']).doUpdateSet({ failed_at: new Date(), replayed_at: null }),
      )
      .execute();
  };
}

/** Hands every buried event of a consumer to its handler again; answers how many it digested. */
export async function replayDeadLetters<Tables extends PlatformTables>(
  db: Kysely<Tables>,
  consumer: string,
  handle: EventHandler,
): Promise<number> {
  const platform = db as unknown as Kysely<PlatformTables>;
  const letters = await platform
    .selectFrom('dead_letters')
    .select(['event_id', 'envelope'])
    .where('consumer', '=', consumer)
    .where('replayed_at', 'is', null)
    .orderBy('failed_at')
    .execute();
  for (const letter of letters) {
    await handle(letter.envelope as DomainEventEnvelope);
    await platform
      .updateTable('dead_letters')
      .set({ replayed_at: new Date() })
      .where('consumer', '=', consumer)
      .where('event_id', '=', letter.event_id)
      .execute();
  }
  return letters.length;
}
