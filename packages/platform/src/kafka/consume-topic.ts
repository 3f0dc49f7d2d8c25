import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../deadline.ts';
import type { ClientOptions } from './client-options.ts';
import { digestRecord, type DigestParts } from './digest-record.ts';
import { isProtocolError, reasonOf } from './faults.ts';
import { type FetchedBatch, GroupMember } from './group-member.ts';
import { KeyedWork } from './keyed-work.ts';
import { type FedRecord, PartitionFeed } from './partition-feed.ts';

/** Events of different keys digested at once by one subscription. */
const mostAtOnce = 16;
const commitEveryMs = 250;
const retryPauseMs = 300;
/** Longest time events in hand are waited for when the consumer stops. */
const drainMs = 5_000;
const lastCommitMs = 2_000;

/** Reads one topic as a member of a group, from joining until `signal` or a fault ends it. Throws the fault. */
export async function consumeTopic(
  options: ClientOptions,
  parts: DigestParts,
  signal: AbortSignal,
): Promise<void> {
  const { consumer, topic } = parts.subscription;
  const ended = Promise.withResolvers<void>();
  const end = () => ended.resolve();
  signal.addEventListener('abort', end, { once: true });
  const member = new GroupMember(
    options,
    { groupId: `${consumer}.${topic}`, topic },
    { onAssigned: () => reader.follow(), onFailed: (fault) => ended.reject(fault) },
  );
  const reader = new TopicReader(member, parts);
  const timer = setInterval(() => reader.tick(), commitEveryMs);
  try {
    await Promise.race([member.join(), ended.promise]);
    await ended.promise;
  } finally {
    signal.removeEventListener('abort', end);
    clearInterval(timer);
    await reader.close();
    await member.leave();
  }
}

// Nothing here waits for everything: each broker is read from, each partition digested and committed by itself.
class TopicReader {
  readonly #member: GroupMember;
  readonly #parts: DigestParts;
  readonly #feeds = new Map<number, PartitionFeed>();
  readonly #work = new KeyedWork(mostAtOnce);
  readonly #busyNodes = new Set<number>();
  #isRefreshing = false;
  #isCommitting = false;
  #isClosed = false;

  constructor(member: GroupMember, parts: DigestParts) {
    this.#member = member;
    this.#parts = parts;
  }

  /** Takes on what the group gave this member and drops what it took; what stays goes on as it is. */
  follow(): void {
    const assigned = new Set(this.#member.assigned);
    for (const [partition, feed] of this.#feeds) {
      if (assigned.has(partition)) continue;
      feed.dropped.abort();
      this.#feeds.delete(partition);
    }
    const gained = [...assigned].filter((partition) => !this.#feeds.has(partition));
    for (const partition of gained) this.#feeds.set(partition, new PartitionFeed(partition));
    this.tick();
  }

  tick(): void {
    void this.#commit();
    void this.#locate();
    this.#fetch();
  }

  /** Waits for events in hand, within bounds, and commits them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const feed of this.#feeds.values()) feed.dropped.abort();
    const deadline = performance.now() + drainMs;
    while (!this.#work.isIdle && performance.now() < deadline) await sleep(10);
    await withDeadline(this.#commit(), lastCommitMs, 'Kafka: the last commit').catch(() => {});
  }

  // Positions of partitions that are new here; a failure is mended by the next tick.
  async #locate(): Promise<void> {
    const lost = [...this.#feeds.values()].filter((feed) => feed.position === undefined);
    if (lost.length === 0 || this.#isRefreshing || this.#isClosed) return;
    await this.#refreshing(async () => {
      const positions = await this.#member.positions(lost.map(({ partition }) => partition));
      for (const feed of lost) feed.committed = feed.position = positions.get(feed.partition);
    });
  }

  async #refreshing(work: () => Promise<void>): Promise<void> {
    this.#isRefreshing = true;
    try {
      await work();
    } catch (error) {
      this.#warn('brokers do not answer', error);
      await sleep(retryPauseMs);
    } finally {
      this.#isRefreshing = false;
    }
    this.#fetch();
  }

  #fetch(): void {
    if (this.#isClosed) return;
    const readable = [...this.#feeds.values()].filter((feed) => feed.hasRoom);
    const byLeader = Map.groupBy(readable, ({ partition }) => this.#member.leaderOf(partition));
    for (const [node, feeds] of byLeader) {
      if (node === undefined) {
        if (!this.#isRefreshing) void this.#refreshing(() => this.#member.refreshLeaders());
      } else if (!this.#busyNodes.has(node)) void this.#fetchFrom(node, feeds);
    }
  }

  async #fetchFrom(node: number, feeds: readonly PartitionFeed[]): Promise<void> {
    this.#busyNodes.add(node);
    try {
      const positions = new Map(feeds.map(({ partition, position = 0n }) => [partition, position]));
      this.#take(await this.#member.fetch(node, positions), feeds);
    } catch (error) {
      await this.#recover(error, feeds);
    } finally {
      this.#busyNodes.delete(node);
    }
    this.#fetch();
  }

  async #recover(error: unknown, feeds: readonly PartitionFeed[]): Promise<void> {
    if (this.#isClosed) return;
    this.#warn('events could not be read', error);
    await sleep(retryPauseMs);
    try {
      if (isProtocolError(error, 'OFFSET_OUT_OF_RANGE')) await this.#startOver(feeds);
      else await this.#member.refreshLeaders();
    } catch (cause) {
      this.#warn('brokers do not answer', cause);
    }
  }

  // The log lost its end, or forgot its beginning while we were away: events we know are recognised, none is left out.
  async #startOver(feeds: readonly PartitionFeed[]): Promise<void> {
    const beginnings = await this.#member.beginnings(feeds.map(({ partition }) => partition));
    for (const { partition } of feeds) {
      const feed = new PartitionFeed(partition);
      feed.position = beginnings.get(partition);
      this.#feeds.get(partition)?.dropped.abort();
      if (this.#feeds.has(partition)) this.#feeds.set(partition, feed);
    }
  }

  #take(batches: readonly FetchedBatch[], feeds: readonly PartitionFeed[]): void {
    const byPartition = new Map(feeds.map((feed) => [feed.partition, feed]));
    for (const { partition, records, end } of batches) {
      const feed = byPartition.get(partition);
      if (feed === undefined || feed.dropped.signal.aborted) continue;
      for (const record of records) if (feed.take(record.offset)) this.#digest(feed, record);
      feed.skipTo(end);
    }
  }

  #digest(feed: PartitionFeed, record: FedRecord): void {
    const { signal } = feed.dropped;
    this.#work.add(record.key?.toString() ?? '', async () => {
      if (signal.aborted) return;
      try {
        await digestRecord(this.#parts, record, signal);
      } catch {
        return;
      }
      const hadRoom = feed.hasRoom;
      feed.done(record.offset);
      if (!hadRoom && feed.hasRoom) this.#fetch();
    });
  }

  async #commit(): Promise<void> {
    if (this.#isCommitting || !this.#member.isSettled) return;
    const feeds = [...this.#feeds.values()].filter((feed) => feed.toCommit !== undefined);
    const offsets = new Map(
      feeds.flatMap((feed) => (feed.toCommit === undefined ? [] : [[feed.partition, feed.toCommit]])),
    );
    if (offsets.size === 0) return;
    this.#isCommitting = true;
    try {
      await this.#member.commit(offsets);
      for (const feed of feeds) feed.committed = offsets.get(feed.partition);
    } catch (error) {
      this.#warn('offsets not committed', error);
    } finally {
      this.#isCommitting = false;
    }
  }

  #warn(message: string, error: unknown): void {
    if (this.#isClosed) return;
    const { consumer, topic } = this.#parts.subscription;
    this.#parts.logger.warn({ consumer, topic, fault: reasonOf(error) }, message);
  }
}
