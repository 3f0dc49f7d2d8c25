import type { DomainEventData, slotReleased } from '@urr/contracts/domain-events.ts';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { TicketTables } from '../tables.ts';

/** Longest a slot may run (`slotSeconds` of a sale). Seconds. */
const longestSlotSeconds = 3_600;
/** How long a slot that is over anyway is remembered: longer than any clock is wrong. */
const keptSeconds = 3_600;

/** Notes slots that were given back before their end: their entry tokens hold nothing more. */
export async function endReleasedSlots(
  trx: Transaction<TicketTables>,
  released: readonly DomainEventData<typeof slotReleased>[],
): Promise<void> {
  // In one order: purchases note slots too, and groups must not wait for each other.
  const slots = released.toSorted((one, other) => (one.slotId < other.slotId ? -1 : 1));
  await sql`
    INSERT INTO ended_slots (slot_id, ends_at)
    SELECT id, ends_at FROM unnest(
      ${slots.map(({ slotId }) => slotId)}::uuid[], ${slots.map(({ endsAt }) => endsAt)}::timestamptz[]) AS t (id, ends_at)
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Ends the slot a purchase was made in, without waiting to be told. It began before the hold: that bounds its end. */
export async function endSlotOf(
  trx: Transaction<TicketTables>,
  held: { readonly slot_id: string | null; readonly created_at: Date },
): Promise<void> {
  if (held.slot_id === null) return;
  await sql`
    INSERT INTO ended_slots (slot_id, ends_at)
    VALUES (${held.slot_id}, ${held.created_at}::timestamptz + ${longestSlotSeconds} * interval '1 second')
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Forgets at most `limit` slots whose own end has passed, as their tokens are refused by their time; answers how many. */
export async function pruneEndedSlots(db: Kysely<TicketTables>, limit: number): Promise<number> {
  const removed = await sql`
    DELETE FROM ended_slots WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ended_slots WHERE ends_at <= clock_timestamp() - ${keptSeconds} * interval '1 second'
      LIMIT ${limit}))`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
