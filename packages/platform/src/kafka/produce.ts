import { compatibilityPartitioner, Producer } from '@platformatic/kafka';
import { withDeadline } from '../deadline.ts';
import type { ClientOptions } from './client-options.ts';
import { reasonOf } from './faults.ts';

/** A message to be written; messages of one key stay in their order. */
export interface Message {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Writes messages so that they outlive any one broker. */
export interface TopicProducer {
  /**
   * Resolves when every message is on all replicas in sync. A throw means that any part may be written; nothing more
   * of it will be written after what the next call writes first.
   */
  produce(topic: string, messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}

/** Longest time a call may take: brokers elect a new leader within it. Milliseconds. */
const deadlineMs = 8_000;
/** Brokers take 1 MiB at once. */
const requestBytes = 500_000;

/** Creates a producer; it connects when there is something to write, and anew after a failure. */
export function createTopicProducer(options: ClientOptions): TopicProducer {
  let producer: Producer | undefined;
  const open = () =>
    (producer ??= new Producer({ ...options, idempotent: true, retries: 30, retryDelay: 150 }));
  const discard = async () => {
    const old = producer;
    producer = undefined;
    await old?.close(true);
  };
  return {
    produce: async (topic, messages) => {
      if (messages.length === 0) return;
      try {
        const written = writeByPartition(open(), topic, messages);
        await withDeadline(written, deadlineMs, `Kafka: writing to ${topic}`);
      } catch (error) {
        // What it knows about sequence numbers is not to be trusted any more.
        void discard().catch(() => {});
        throw new Error(`not written to ${topic}: ${reasonOf(error)}`, { cause: error });
      }
    },
    close: () => withDeadline(discard(), deadlineMs, 'Kafka: closing the producer').catch(() => {}),
  };
}

async function writeByPartition(
  producer: Producer,
  topic: string,
  messages: readonly Message[],
): Promise<void> {
  const metadata = await producer.metadata({ topics: [topic] });
  const count = metadata.topics.get(topic)?.partitionsCount ?? 0;
  if (count === 0) throw new Error(`Kafka has no topic ${topic}`);
  const byPartition = Map.groupBy(messages, ({ key }) => partitionOf(key, count));
  // A request for one partition follows that partition's leader wherever it goes, while a shared one would not.
  const results = await Promise.allSettled(
    [...byPartition].map(([partition, mine]) => writeInOrder(producer, { topic, partition }, mine)),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The partition of a key, as every client of Kafka counts it by default. */
export function partitionOf(key: string, partitions: number): number {
  const message = { topic: '', value: Buffer.alloc(0) };
  return compatibilityPartitioner(message, Buffer.from(key)) % partitions;
}

async function writeInOrder(
  producer: Producer,
  place: { readonly topic: string; readonly partition: number },
  messages: readonly Message[],
): Promise<void> {
  for (const part of parts(messages)) {
    await producer.send({
      messages: part.map(({ key, value, headers }) => ({
        ...place,
        key: Buffer.from(key),
        value,
        headers: bytes(headers),
      })),
    });
  }
}

function bytes(headers: Message['headers']): Map<Buffer, Buffer> {
  return new Map(Object.entries(headers).map(([name, value]) => [Buffer.from(name), Buffer.from(value)]));
}

function parts(messages: readonly Message[]): Message[][] {
  const all: Message[][] = [];
  let room = 0;
  for (const message of messages) {
    const size = message.value.length + 200;
    if (room < size) {
      all.push([]);
      room = requestBytes;
    }
    room -= size;
    all.at(-1)?.push(message);
  }
  return all;
}
