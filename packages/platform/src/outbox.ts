import type {
  DomainEventData,
  DomainEventDefinition,
  DomainEventEnvelope,
} from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { EventBus } from './event-bus.ts';
import type { Logger } from './logger.ts';
import type { PlatformTables } from './platform-tables.ts';
import { withDeadline } from './redis/deadline.ts';
import type { Secret } from './secret.ts';

/** Announces an event in the caller's transaction: it is published if and only if the transaction commits. */
export async function announce<Tables extends PlatformTables, Definition extends DomainEventDefinition>(
  transaction: Kysely<Tables>,
  definition: Definition,
  subject: string,
  data: DomainEventData<Definition>,
): Promise<void> {
  const platform = transaction as unknown as Kysely<PlatformTables>;
  await platform
    .insertInto('outbox')
    .values({ topic: definition.topic, type: definition.type, subject, data: JSON.stringify(data) })
    .execute();
}

/** Moves committed events from one service's outbox to the bus. */
export interface OutboxRelay {
  start(): void;
  /** Looks at once instead of at the next tick; call it after a commit that announced something. */
  wake(): void;
  /** Finishes the batch in hand and stops. */
  stop(): Promise<void>;
}

/** What a relay works on. */
export interface OutboxRelayOptions {
  readonly databaseUrl: Secret;
  readonly source: string;
  readonly bus: EventBus;
  readonly logger: Logger;
  /** Milliseconds between two looks when nobody wakes it; 200 when absent. */
  readonly intervalMs?: number;
  /** Milliseconds one statement may run; 10,000 when absent. */
  readonly statementTimeoutMs?: number;
}

interface OutboxRow {
  readonly position: number;
  readonly id: string;
  readonly topic: Topic;
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
  readonly occurred_at: Date;
}

const usualBatchSize = 200;
// Any number, the same in every replica: one relay at a time keeps the order of each subject.
const relayLock = 7_220_102;
const goodbyeMs = 1_000;
// A relay whose machine vanished must not keep the lock for the two hours that TCP is patient: 25 s, then another relays.
const noticeVanished =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/** Creates the relay of one service; replicas agree by a session lock on who relays. */
export function createOutboxRelay(options: OutboxRelayOptions): OutboxRelay {
  let isStopped = false;
  let running: Promise<void> | undefined;
  let wakeUp: (() => void) | undefined;
  let isAwake = false;

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      if (isAwake) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    while (!isStopped) {
      try {
        await relayWhileLocked(options, {
          isStopped: () => isStopped,
          pause,
          settle: () => (isAwake = false),
        });
      } catch (error) {
        options.logger.warn({ err: error }, 'outbox relay interrupted');
        // Who was woken while the database is away would try again without a pause.
        isAwake = false;
        await pause(500);
      }
    }
  };

  return {
    start: () => void (running ??= run()),
    wake: () => {
      isAwake = true;
      wakeUp?.();
    },
    stop: async () => {
      isStopped = true;
      wakeUp?.();
      await running;
    },
  };
}

interface RelayRun {
  readonly isStopped: () => boolean;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly settle: () => void;
}

// The lock lives as long as this connection, so a killed relay gives it back by itself.
async function relayWhileLocked(options: OutboxRelayOptions, run: RelayRun): Promise<void> {
  const statementMs = options.statementTimeoutMs ?? 10_000;
  const client = new pg.Client({
    connectionString: options.databaseUrl.reveal(),
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementMs,
    query_timeout: statementMs + 2_000,
    keepAlive: true,
  });
  client.on('error', (error) => options.logger.warn({ err: error }, 'outbox connection lost'));
  try {
    await client.connect();
    await client.query(noticeVanished);
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      relayLock,
    ]);
    run.settle();
    if (rows[0]?.locked !== true) return await run.pause(1_000);
    while (!run.isStopped()) {
      run.settle();
      const batchSize = options.bus.batchSize ?? usualBatchSize;
      const published = await relayBatch(client, options, batchSize);
      if (published < batchSize) await run.pause(options.intervalMs ?? 200);
    }
  } finally {
    // A server that fell silent says no goodbye.
    await withDeadline(client.end(), goodbyeMs, () => new Error('no goodbye')).catch(() => {});
  }
}

async function relayBatch(
  client: pg.Client,
  options: OutboxRelayOptions,
  batchSize: number,
): Promise<number> {
  const { rows } = await client.query<OutboxRow>(
    'SELECT position, id, topic, type, subject, data, occurred_at FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT $1',
    [batchSize],
  );
  if (rows.length === 0) return 0;
  await publishByTopic(rows, options);
  await client.query(
    'UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY($1::bigint[])',
    [rows.map((row) => row.position)],
  );
  return rows.length;
}

// All or nothing is marked: what went out of a batch that failed goes out again, and its consumers know it.
async function publishByTopic(
  rows: readonly OutboxRow[],
  { bus, source }: OutboxRelayOptions,
): Promise<void> {
  const byTopic = Map.groupBy(rows, (row) => row.topic);
  const results = await Promise.allSettled(
    [...byTopic].map(([topic, events]) =>
      bus.publish(
        topic,
        events.map((event) => envelopeOf(event, source)),
      ),
    ),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function envelopeOf(row: OutboxRow, source: string): DomainEventEnvelope {
  return {
    specversion: '1.0',
    id: row.id,
    source: `/${source}`,
    type: row.type,
    subject: row.subject,
    time: row.occurred_at.toISOString(),
    data: row.data,
  };
}

/** Deletes what nobody needs any more: published events after a week, digested event ids and replayed dead letters after 30 days, idempotency answers after 24 h. */
export async function pruneOutbox<Tables extends PlatformTables>(db: Kysely<Tables>): Promise<void> {
  await sql`DELETE FROM outbox WHERE published_at < now() - interval '7 days'`.execute(db);
  await sql`DELETE FROM consumed_events WHERE consumed_at < now() - interval '30 days'`.execute(db);
  await sql`DELETE FROM dead_letters WHERE replayed_at < now() - interval '30 days'`.execute(db);
  await sql`DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`.execute(db);
}
