import { ConnectionPool, Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import { withDeadline } from '../deadline.ts';
import type { ClientOptions } from './client-options.ts';
import type { FedRecord } from './partition-feed.ts';

/** Records that were written to a partition together. */
export interface FetchedBatch {
  readonly partition: number;
  /** May begin before the position asked for. */
  readonly records: readonly FedRecord[];
  /** What follows begins here. */
  readonly end: bigint;
}

type Answer = Awaited<ReturnType<Consumer['fetch']>>;

/** What a member is told. */
export interface MemberEvents {
  readonly onAssigned: () => void;
  /** It is no member any more and will not be again. */
  readonly onFailed: (fault: Error) => void;
}

/** Milliseconds of silence after which the group gives a member's partitions to others. */
const sessionMs = 10_000;
const membership = {
  autocommit: false,
  sessionTimeout: sessionMs,
  rebalanceTimeout: 15_000,
  heartbeatInterval: 1_000,
  heartbeatStallTimeout: 2 * sessionMs,
  metadataMaxAge: 2_000,
  // Longer than a broker holds an answer back while a group is divided.
  requestTimeout: 25_000,
};
const joinMs = 60_000;
const leaveMs = 3_000;
const fetchWaitMs = 500;
const fetchMs = 6_000;
const partitionBytes = 1_048_576;

/** One process's membership in a consumer group, for one topic; it stays one by heartbeats, however long events take. */
export class GroupMember {
  readonly #topic: string;
  readonly #consumer: Consumer;
  readonly #fetchConnections: ConnectionPool;
  #assigned: readonly number[] = [];
  #isSettled = false;

  constructor(
    options: ClientOptions,
    { groupId, topic }: { readonly groupId: string; readonly topic: string },
    events: MemberEvents,
  ) {
    this.#topic = topic;
    this.#consumer = new Consumer({ ...options, ...membership, groupId });
    // Waiting for records must not hold back heartbeats and commits.
    this.#fetchConnections = new ConnectionPool(options.clientId, { ...options, requestTimeout: fetchMs });
    this.#consumer.topics.track(topic);
    this.#follow(events);
  }

  #follow(events: MemberEvents): void {
    this.#consumer.on('consumer:group:rebalance', () => {
      this.#isSettled = false;
    });
    this.#consumer.on('consumer:group:join', ({ assignments }) => {
      this.#assigned = assignments?.find(({ topic }) => topic === this.#topic)?.partitions ?? [];
      this.#isSettled = true;
      events.onAssigned();
    });
    this.#consumer.on('error', (fault) => events.onFailed(fault));
    this.#consumer.on('consumer:heartbeat:stalled', ({ lastError }) =>
      events.onFailed(new Error('no heartbeat reaches the group', { cause: lastError })),
    );
  }

  /** Joins; resolves when partitions are assigned for the first time. */
  async join(): Promise<void> {
    await withDeadline(this.#consumer.joinGroup({}), joinMs, `Kafka: joining ${this.#consumer.groupId}`);
  }

  /** Partitions of this member; changes with every rebalance. */
  get assigned(): readonly number[] {
    return this.#assigned;
  }

  /** True unless the group is being divided anew, when nothing can be committed. */
  get isSettled(): boolean {
    return this.#isSettled && this.#consumer.isActive();
  }

  /** Where the group stands in these partitions: what it committed, else their beginning. */
  async positions(partitions: readonly number[]): Promise<ReadonlyMap<number, bigint>> {
    const topics = [{ topic: this.#topic, partitions: [...partitions] }];
    const offsets = await this.#consumer.listCommittedOffsets({ topics });
    const committed = chosen(offsets.get(this.#topic), partitions);
    const others = await this.beginnings(partitions.filter((partition) => !committed.has(partition)));
    return new Map([...committed, ...others]);
  }

  /** Where partitions begin; what lies before is deleted. */
  async beginnings(partitions: readonly number[]): Promise<ReadonlyMap<number, bigint>> {
    if (partitions.length === 0) return new Map();
    const topic = this.#topic;
    const offsets = await this.#consumer.listOffsets({
      topics: [topic],
      partitions: { [topic]: [...partitions] },
      timestamp: ListOffsetTimestamps.EARLIEST,
    });
    return chosen(offsets.get(topic), partitions);
  }

  async commit(offsets: ReadonlyMap<number, bigint>): Promise<void> {
    const topic = this.#topic;
    await this.#consumer.commit({
      offsets: [...offsets].map(([partition, offset]) => ({ topic, partition, offset, leaderEpoch: -1 })),
    });
  }

  /** Broker that leads a partition; `undefined` when nobody does, or nobody is known to. */
  leaderOf(partition: number): number | undefined {
    const leader = this.#metadata?.partitions[partition]?.leader;
    return leader === undefined || leader < 0 ? undefined : leader;
  }

  async refreshLeaders(): Promise<void> {
    await this.#consumer.metadata({ topics: [this.#topic], forceUpdate: true });
  }

  get #metadata() {
    return this.#consumer.currentMetadata?.topics.get(this.#topic);
  }

  /** Reads what follows these positions from one broker; waits a while when there is nothing. */
  async fetch(node: number, positions: ReadonlyMap<number, bigint>): Promise<readonly FetchedBatch[]> {
    const answer = await this.#consumer.fetch({
      node,
      connectionPool: this.#fetchConnections,
      maxWaitTime: fetchWaitMs,
      minBytes: 1,
      topics: [{ topicId: this.#metadata?.id ?? '', partitions: requested(positions) }],
    });
    return batchesIn(answer);
  }

  async leave(): Promise<void> {
    const closing = Promise.all([this.#consumer.close(true), this.#fetchConnections.close()]);
    await withDeadline(closing, leaveMs, 'Kafka: leaving').catch(() => {});
  }
}

function requested(positions: ReadonlyMap<number, bigint>) {
  return [...positions].map(([partition, fetchOffset]) => ({
    partition,
    fetchOffset,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    partitionMaxBytes: partitionBytes,
  }));
}

/** Marks of transactions, which are no records. */
const controlBatch = 0b10_0000;

function batchesIn(answer: Answer): FetchedBatch[] {
  return answer.responses
    .flatMap(({ partitions }) => partitions)
    .flatMap(({ partitionIndex: partition, records: batches }) =>
      (batches ?? []).map(({ firstOffset, lastOffsetDelta, attributes, records }) => ({
        partition,
        end: firstOffset + BigInt(lastOffsetDelta) + 1n,
        records: ((attributes & controlBatch) === 0 ? records : []).map(({ offsetDelta, key, value }) => ({
          partition,
          offset: firstOffset + BigInt(offsetDelta),
          key,
          value,
        })),
      })),
    );
}

// The client answers an array with holes, and -1 for what is not known.
function chosen(offsets: readonly bigint[] | undefined, partitions: readonly number[]): Map<number, bigint> {
  return new Map(
    partitions.flatMap((partition) => {
      const offset = offsets?.[partition];
      return offset === undefined || offset < 0n ? [] : [[partition, offset] as const];
    }),
  );
}
