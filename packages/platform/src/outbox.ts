import { setTimeout as sleep } from 'node:timers/promises';
import type {
  DomainEventData,
  DomainEventDefinition,
  DomainEventEnvelope,
} from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { withDeadline } from './deadline.ts';
import type { EventBus } from './event-bus.ts';
import type { Logger } from './logger.ts';
import type { PlatformTables } from './platform-tables.ts';
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
const askForLockEveryMs = 1_000;
const reconnectPauseMs = 500;
// A relay whose machine vanished must not keep the lock for the two hours that TCP is patient: 25 s, then another relays.
const noticeVanished =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/** Creates the relay of one service; replicas agree by a session lock on who relays. */
export function createOutboxRelay(options: OutboxRelayOptions): OutboxRelay {
  const turns = createTurns();
  let running: Promise<void> | undefined;
  const run = async () => {
    while (!turns.isOver()) {
      try {
        await relayWhileConnected(options, turns);
      } catch (error) {
        options.logger.warn({ err: error }, 'outbox relay interrupted');
        await turns.rest(reconnectPauseMs);
      }
    }
  };
  return {
    start: () => void (running ??= run()),
    wake: () => turns.wake(),
    stop: async () => {
      turns.end();
      await running;
    },
  };
}

/** When a relay looks again. */
interface Turns {
  isOver(): boolean;
  /** Waits for so many milliseconds or the end, whoever wakes it. */
  rest(milliseconds: number): Promise<void>;
  /** The same, but a `wake` since the last `settle` ends it too. */
  doze(milliseconds: number): Promise<void>;
  /** From here on what was announced will be seen: a new look begins. */
  settle(): void;
  wake(): void;
  end(): void;
}

function createTurns(): Turns {
  const over = new AbortController();
  let woken = new AbortController();
  const wait = (milliseconds: number, signal: AbortSignal) =>
    sleep(milliseconds, undefined, { signal }).catch(() => {});
  return {
    isOver: () => over.signal.aborted,
    rest: (milliseconds) => wait(milliseconds, over.signal),
    doze: (milliseconds) => wait(milliseconds, woken.signal),
    settle: () => {
      if (woken.signal.aborted && !over.signal.aborted) woken = new AbortController();
    },
    wake: () => woken.abort(),
    end: () => {
      over.abort();
      woken.abort();
    },
  };
}

// The lock lives as long as this connection, so a killed relay gives it back by itself. Who does not get it keeps its
// connection and asks again: a wake tells of work, which is the holder's.
async function relayWhileConnected(options: OutboxRelayOptions, turns: Turns): Promise<void> {
  const client = await connect(options);
  try {
    while (!turns.isOver() && !(await takeLock(client))) await turns.rest(askForLockEveryMs);
    while (!turns.isOver()) {
      turns.settle();
      const batchSize = options.bus.batchSize ?? usualBatchSize;
      const published = await relayBatch(client, options, batchSize);
      if (published < batchSize) await turns.doze(options.intervalMs ?? 200);
    }
  } finally {
    await part(client);
  }
}

async function connect(options: OutboxRelayOptions): Promise<pg.Client> {
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
    return client;
  } catch (error) {
    await part(client);
    throw error;
  }
}

// A server that fell silent says no goodbye.
async function part(client: pg.Client): Promise<void> {
  await withDeadline(client.end(), goodbyeMs, 'the goodbye').catch(() => {});
}

async function takeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    relayLock,
  ]);
  return rows[0]?.locked === true;
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
