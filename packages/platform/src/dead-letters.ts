import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';
import { type Kysely, sql } from 'kysely';
import type { DeadLetters, EventHandler } from './event-bus.ts';
import type { PlatformTables } from './platform-tables.ts';

// A stopping process waits for the events in hand alone, and another service's turn is never far.
const batchSize = 50;
const now = sql<Date>`clock_timestamp()`;

/** Keeps a consumer's poison in its own database, where `npm run dlq` finds it. */
export function deadLetterBox<Tables extends PlatformTables>(
  db: Kysely<Tables>,
  consumer: string,
): DeadLetters {
  const platform = db as unknown as Kysely<PlatformTables>;
  return {
    bury: (envelope, topic, fault) => bury(platform, { consumer, topic, envelope, fault }),
    replayRequested: async (topic, handle) => {
      let handed = 0;
      while (handed < batchSize && (await replayNext(platform, { consumer, topic, handle }))) handed += 1;
      return handed;
    },
  };
}

interface DeadLetter {
  readonly consumer: string;
  readonly topic: Topic;
  readonly envelope: DomainEventEnvelope;
  readonly fault: unknown;
}

async function bury(db: Kysely<PlatformTables>, letter: DeadLetter): Promise<void> {
  const { consumer, topic, envelope } = letter;
  const fault = textOf(letter.fault);
  await db
    .insertInto('dead_letters')
    .values({ consumer, event_id: envelope.id, topic, envelope: JSON.stringify(envelope), fault })
    .onConflict((conflict) =>
      conflict
        .columns(['consumer', 'event_id'])
        .doUpdateSet({ fault, failed_at: now, replayed_at: null, replay_requested_at: null }),
    )
    .execute();
}

interface Replay {
  readonly consumer: string;
  readonly topic: Topic;
  readonly handle: EventHandler;
}

// The row stays locked while the handler runs its own transaction, so replicas share the work; a process killed
// between the two commits leaves the request standing, and the handler knows the event by then.
function replayNext(db: Kysely<PlatformTables>, { consumer, topic, handle }: Replay): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const letter = await transaction
      .selectFrom('dead_letters')
      .select(['event_id', 'envelope'])
      .where('consumer', '=', consumer)
      .where('topic', '=', topic)
      .where('replay_requested_at', 'is not', null)
      .orderBy('failed_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (letter === undefined) return false;
    const outcome = await outcomeOf(handle, letter.envelope as DomainEventEnvelope);
    await transaction
      .updateTable('dead_letters')
      .set({ ...outcome, replay_requested_at: null })
      .where('consumer', '=', consumer)
      .where('event_id', '=', letter.event_id)
      .execute();
    return true;
  });
}

async function outcomeOf(handle: EventHandler, envelope: DomainEventEnvelope) {
  try {
    await handle(envelope);
    return { replayed_at: now };
  } catch (error) {
    return { fault: textOf(error), failed_at: now };
  }
}

function textOf(fault: unknown): string {
  const text = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
  // PostgreSQL stores no NUL.
  return text.replaceAll('\0', '').slice(0, 2_000);
}
