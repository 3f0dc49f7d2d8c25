import { setTimeout as sleep } from 'node:timers/promises';
import { paymentFailed } from '@urr/contracts/domain-events.ts';
import type { EventHandler } from '@urr/platform/event-bus.ts';
import { createKafkaBus } from '@urr/platform/kafka/kafka-bus.ts';
import { readKafkaConfig } from '@urr/platform/kafka/kafka-variables.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { createOutboxRelay } from '@urr/platform/outbox.ts';
import { Secret } from '@urr/platform/secret.ts';
import pg from 'pg';

/** What is measured. The database has the platform's tables; nobody else writes to it or to the topic. */
export interface EventMeasurement {
  readonly bootstrapServers: string;
  readonly databaseUrl: string;
  readonly replicationFactor: number;
  /** Events in the outbox when the clock starts. */
  readonly events: number;
  /** Events a second while lag is measured, and for how long. */
  readonly steadyPerSecond: number;
  readonly steadySeconds: number;
  /** What the consumer does with each event, such as a transaction of its own; nothing when absent. */
  readonly digest?: EventHandler;
}

/** What came out: from an outbox row's commit to the end of the consumer's work. */
export interface EventRates {
  readonly eventsPerSecond: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
}

const topic = paymentFailed.topic;
const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const facts = { paymentId: id, reservationId: id, eventId: id, accountId: id, amount: 1 };
const data = JSON.stringify({ ...facts, code: 'measured', byProvider: true, durationMs: 1 });

/** Measures events a second from a full outbox to a consumer through Kafka, then the lag of single events at a steady rate. */
export async function measureEvents(wanted: EventMeasurement): Promise<EventRates> {
  const config = readKafkaConfig({
    KAFKA_BOOTSTRAP_SERVERS: wanted.bootstrapServers,
    KAFKA_TOPIC_REPLICATION_FACTOR: String(wanted.replicationFactor),
  });
  if (config === undefined) throw new Error('No brokers are named');
  const logger = createLogger('measure', 'warn');
  const bus = createKafkaBus('measure', config, logger);
  const databaseUrl = new Secret(wanted.databaseUrl);
  const relay = createOutboxRelay({ databaseUrl, source: 'measure', bus, logger });
  const client = new pg.Client({ connectionString: wanted.databaseUrl });
  await client.connect();
  const heard = subscribeCounting(bus, wanted.digest);
  bus.start();
  try {
    const announce = (count: number) => client.query(announcement, [topic, paymentFailed.type, data, count]);
    await bus.publish(topic, []);
    await announce(wanted.events);
    const startedAt = performance.now();
    relay.start();
    await heard.reaches(wanted.events);
    const eventsPerSecond = (wanted.events * 1_000) / (performance.now() - startedAt);
    heard.lagsMs.length = 0;
    await announceSteadily(wanted, async (count) => {
      await announce(count);
      relay.wake();
    });
    await heard.reaches(wanted.events + wanted.steadySeconds * wanted.steadyPerSecond);
    return { eventsPerSecond, lagP50Ms: quantile(heard.lagsMs, 0.5), lagP99Ms: quantile(heard.lagsMs, 0.99) };
  } finally {
    await relay.stop();
    await bus.stopConsuming();
    await bus.close();
    await client.end();
  }
}

// As many subjects as reservations are under way in a sale.
const announcement = `INSERT INTO outbox (topic, type, subject, data)
  SELECT $1, $2, (n % 2000)::text, $3::jsonb FROM generate_series(1, $4::int) n`;

function subscribeCounting(bus: ReturnType<typeof createKafkaBus>, digest: EventHandler = async () => {}) {
  const lagsMs: number[] = [];
  let count = 0;
  bus.subscribe({
    consumer: 'measure',
    topic,
    deadLetters: { bury: async () => {}, replayRequested: async () => 0 },
    handle: async (envelope) => {
      await digest(envelope);
      count += 1;
      lagsMs.push(Date.now() - Date.parse(envelope.time));
    },
  });
  const reaches = async (goal: number) => {
    for (const deadline = performance.now() + 120_000; count < goal; await sleep(2))
      if (performance.now() > deadline)
        throw new Error(`Only ${count} of ${goal} events came within two minutes`);
  };
  return { lagsMs, reaches };
}

async function announceSteadily(
  { steadyPerSecond, steadySeconds }: EventMeasurement,
  announce: (count: number) => Promise<void>,
): Promise<void> {
  const total = steadyPerSecond * steadySeconds;
  const startedAt = performance.now();
  for (let sent = 0; sent < total; await sleep(10)) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedAt) * steadyPerSecond) / 1_000));
    if (due > sent) await announce(due - sent);
    sent = Math.max(sent, due);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
