import { setTimeout as sleep } from 'node:timers/promises';
import { Admin } from '@platformatic/kafka';
import { withDeadline } from '../deadline.ts';
import type { EventBus, Subscription } from '../event-bus.ts';
import { eventMediaType, writeEvent } from '../event-text.ts';
import type { Logger } from '../logger.ts';
import { clientOptions } from './client-options.ts';
import { consumeTopic } from './consume-topic.ts';
import { reasonOf } from './faults.ts';
import type { ConfiguredKafka } from './kafka-variables.ts';
import { createTopicProducer } from './produce.ts';
import { ensureTopics } from './topics.ts';

/** Domain events over Kafka: one consumer group per subscription, each event keyed by its subject. */
export interface KafkaBus extends EventBus {
  /** Begins to consume what was subscribed; brokers that are away are waited for in the background. */
  start(): void;
  /** Throws unless a broker answers. */
  check(): Promise<void>;
  /** Lets events in hand end and leaves the groups. Publishing goes on. */
  stopConsuming(): Promise<void>;
  close(): Promise<void>;
}

/** Three partitions of a batch still fit into few requests; larger ones only wait longer. */
const batchSize = 2_000;
const checkMs = 1_500;
const firstPauseMs = 250;
const lastPauseMs = 5_000;
/** A consumer that lived so long begins with short pauses again. Milliseconds. */
const wellMs = 30_000;

/** Creates the bus of one service; it connects at need. */
export function createKafkaBus(service: string, config: ConfiguredKafka, logger: Logger): KafkaBus {
  const options = clientOptions(service, config);
  const producer = createTopicProducer(options);
  const subscriptions: Subscription[] = [];
  const stopping = new AbortController();
  let consumers: readonly Promise<void>[] = [];
  let admin: Admin | undefined;
  const haveTopics = once(() => ensureTopics(options, config.KAFKA_TOPIC_REPLICATION_FACTOR));
  const consume = (subscription: Subscription) =>
    untilStopped(stopping.signal, logger, async () => {
      await haveTopics();
      await consumeTopic(options, { subscription, producer, logger }, stopping.signal);
    });
  return {
    batchSize,
    subscribe: (subscription) => void subscriptions.push(subscription),
    publish: async (topic, envelopes) => {
      await haveTopics();
      const headers = { 'content-type': eventMediaType };
      const messages = envelopes.map((envelope) => ({
        key: envelope.subject,
        value: Buffer.from(writeEvent(envelope)),
        headers,
      }));
      try {
        await producer.produce(topic, messages);
      } catch (error) {
        // Brokers may have come back without the topics they had.
        haveTopics.forget();
        throw error;
      }
    },
    start: () => void (consumers = subscriptions.map(consume)),
    check: async () => {
      admin ??= new Admin({ ...options, retries: 0 });
      const asked = admin.metadata({ topics: [], forceUpdate: true });
      await withDeadline(asked, checkMs, 'Kafka: asking a broker');
    },
    stopConsuming: async () => {
      stopping.abort();
      await Promise.all(consumers);
    },
    close: async () => {
      stopping.abort();
      await Promise.all([
        producer.close(),
        withDeadline(admin?.close() ?? Promise.resolve(), checkMs, 'Kafka: closing').catch(() => {}),
      ]);
    },
  };
}

// Repeats what ended or failed, with pauses that grow while it does so at once.
async function untilStopped(signal: AbortSignal, logger: Logger, work: () => Promise<void>): Promise<void> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, lastPauseMs)) {
    const startedAt = performance.now();
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) logger.warn({ fault: reasonOf(error) }, 'consumer interrupted');
    }
    if (performance.now() - startedAt > wellMs) pauseMs = firstPauseMs;
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

/** The outcome of the first call that succeeds, until it is forgotten; calls meanwhile share one attempt. */
function once(work: () => Promise<void>): (() => Promise<void>) & { forget(): void } {
  let underWay: Promise<void> | undefined;
  const forget = () => void (underWay = undefined);
  const recall = () => {
    underWay ??= work().catch((error: unknown) => {
      forget();
      throw error;
    });
    return underWay;
  };
  return Object.assign(recall, { forget });
}
