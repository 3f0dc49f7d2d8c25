import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DomainEventEnvelope, paymentFailed } from '@urr/contracts/domain-events.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { type Database, inTransaction, openDatabase } from './database.ts';
import { deadLetterBox } from './dead-letters.ts';
import type { EventBus, EventHandler, Subscription } from './event-bus.ts';
import { firstTime } from './inbox.ts';
import { createLogger, type Logger } from './logger.ts';
import { createOutboxRelay } from './outbox.ts';
import type { PlatformTables } from './platform-tables.ts';
import { Secret } from './secret.ts';

/** Tables of a stage: the platform's and what its consumers did. */
export interface StageTables extends PlatformTables {
  digested: { position: number; event_id: string; subject: string; n: number; who: string };
}

/** A consumer that writes down what it digests, in the transaction in which it recognises the event. */
export interface NotingOptions {
  /** The run whose events it notes; a topic remembers those of earlier runs. */
  readonly run: string;
  readonly who?: string;
  readonly consumer?: string;
  /** False: it does not ask whether it knows the event, as a negative control. */
  readonly isGuarded?: boolean;
  /** Runs before the transaction. */
  readonly before?: EventHandler;
  /** Runs after the commit; a throw is what a crash between commit and acknowledgement looks like. */
  readonly after?: EventHandler;
}

export const logger: Logger = createLogger('test', 'silent');
export const topic = 'payment-events';
const id = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Data of a payment event that the contract accepts; `n` is its number within its subject. */
export function eventData(n: number) {
  const facts = { paymentId: id, reservationId: id, eventId: id, accountId: id, amount: 1 };
  return { ...facts, code: String(n), byProvider: true, durationMs: 1 };
}

const numberOf = ({ data }: DomainEventEnvelope) => Number((data as { readonly code: string }).code);

/** The subscription of a noting consumer on a stage's database, in any process. */
export function notingSubscription(db: Database<StageTables>['db'], options: NotingOptions): Subscription {
  const { who = 'one', consumer = 'ticket-service', isGuarded = true } = options;
  const handle: EventHandler = async (envelope) => {
    if (!envelope.subject.endsWith(options.run)) return;
    await options.before?.(envelope);
    await inTransaction(db, async (transaction) => {
      if (!(await firstTime(transaction, consumer, envelope.id)) && isGuarded) return;
      const row = { event_id: envelope.id, subject: envelope.subject, n: numberOf(envelope), who };
      await transaction
        .insertInto('digested')
        .values(row as StageTables['digested'])
        .execute();
    });
    await options.after?.(envelope);
  };
  return { consumer, topic, handle, deadLetters: deadLetterBox(db, consumer) };
}

/** Opens a stage's database, as a consumer's own process does. */
export function openStageDatabase(url: string): Database<StageTables> {
  return openDatabase<StageTables>({ url: new Secret(url), poolSize: 20, logger });
}

const announcement = `INSERT INTO outbox (topic, type, subject, data)
  SELECT $1, $2, 'subject-' || s || $6, $3::jsonb || jsonb_build_object('code', (o.before + n)::text)
  FROM generate_series(1, $5) n, generate_series(1, $4) s,
    LATERAL (SELECT count(*) AS before FROM outbox WHERE subject = 'subject-' || s || $6) o
  ORDER BY n, s`;

/** A database with an outbox to announce in and room for what consumers did. */
export async function openEventStage() {
  const testDatabase = await createTestDatabase({ migrations: new URL('../migrations', import.meta.url) });
  const database = openStageDatabase(testDatabase.url);
  await database.pool.query(
    `CREATE TABLE digested (position bigserial PRIMARY KEY, event_id uuid, subject text, n integer, who text)`,
  );
  const { db, pool } = database;
  let run = newRun();
  const announced = async (): Promise<number> =>
    Number((await pool.query('SELECT count(*)::int AS n FROM outbox')).rows[0]?.n);
  const digested = async () =>
    (await db.selectFrom('digested').selectAll().orderBy('position').execute()) as StageTables['digested'][];
  return {
    url: testDatabase.url,
    db,
    pool,
    digested,
    /** Marks the subjects of the events announced since the last reset. */
    run: () => run,
    /** Announces `each` events for each subject, taking turns; goes on counting where it stopped. */
    announce: async (subjects: number, each: number) => {
      const parameters = [topic, paymentFailed.type, JSON.stringify(eventData(0)), subjects, each, run];
      await pool.query(announcement, parameters);
    },
    relayTo: (bus: EventBus) =>
      createOutboxRelay({
        databaseUrl: new Secret(testDatabase.url),
        source: 'test',
        bus,
        logger,
        intervalMs: 20,
      }),
    isAllPublished: async () =>
      (await pool.query('SELECT FROM outbox WHERE published_at IS NULL')).rowCount === 0,
    waitForAll: async (timeoutMs = 30_000) => {
      const count = async () =>
        Number((await pool.query('SELECT count(DISTINCT event_id) AS n FROM digested')).rows[0]?.n);
      await waitUntil(async () => (await count()) === (await announced()), { timeoutMs, what: 'all events' });
    },
    /** Throws unless every event was digested exactly once and each subject's in the order of their announcement. */
    assertOnceAndInOrder: async () => {
      const rows = await digested();
      assert.equal(rows.length, await announced());
      for (const [subject, mine] of Map.groupBy(rows, (row) => row.subject))
        assert.deepEqual(
          mine.map(({ n }) => n),
          mine.map((_, index) => index + 1),
          subject,
        );
    },
    buried: async () => (await pool.query('SELECT * FROM dead_letters ORDER BY failed_at')).rows as Buried[],
    reset: async () => {
      run = newRun();
      await pool.query('TRUNCATE outbox, consumed_events, dead_letters, digested');
    },
    close: async () => {
      await database.close();
      await testDatabase.drop();
    },
  };
}

function newRun(): string {
  return ` of ${randomUUID()}`;
}

/** A row of `dead_letters`. */
export interface Buried {
  readonly consumer: string;
  readonly event_id: string;
  readonly fault: string;
  readonly envelope: DomainEventEnvelope;
  readonly replayed_at: Date | null;
}

export type EventStage = Awaited<ReturnType<typeof openEventStage>>;

/** A pause that differs from event to event, so that what has no order loses it. */
export async function dawdle(): Promise<void> {
  await sleep(Math.random() * 4);
}
