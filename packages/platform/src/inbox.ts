import { type Kysely, sql } from 'kysely';
import type { PlatformTables } from './platform-tables.ts';

/** True the first time this consumer sees the event; call it first in the transaction that acts on the event. */
export async function firstTime<Tables extends PlatformTables>(
  transaction: Kysely<Tables>,
  consumer: string,
  eventId: string,
): Promise<boolean> {
  return (await firstTimes(transaction, consumer, [{ id: eventId }])).length === 1;
}

/** Those of some events that this consumer sees for the first time, in their order; see `firstTime`. */
export async function firstTimes<Tables extends PlatformTables, Event extends { readonly id: string }>(
  transaction: Kysely<Tables>,
  consumer: string,
  events: readonly Event[],
): Promise<Event[]> {
  const platform = transaction as unknown as Kysely<PlatformTables>;
  // In one order, or two replicas that are given the same events would wait for each other.
  const ids = events.map(({ id }) => id.toLowerCase()).toSorted();
  const { rows } = await sql<{ event_id: string }>`
    INSERT INTO consumed_events (consumer, event_id) SELECT ${consumer}, id FROM unnest(${ids}::uuid[]) AS t (id)
    ON CONFLICT DO NOTHING RETURNING event_id`.execute(platform);
  const fresh = new Set(rows.map((row) => row.event_id));
  // Taken out as it is answered: an event that stands here twice is new once.
  return events.filter(({ id }) => fresh.delete(id.toLowerCase()));
}
