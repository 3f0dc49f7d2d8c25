import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';
import { isDatabaseUnavailable } from './database.ts';

/**
 * Digests one event, in a transaction that first asks `inbox.ts` whether it is new (`digest-together.ts`: one for several
 * events), or by a step that is harmless when repeated. A throw means: deliver again later.
 */
export type EventHandler = (envelope: DomainEventEnvelope) => Promise<void>;

/** One consumer group's interest in a topic. */
export interface Subscription {
  /** Name of the consumer group, such as `ticket-service`. */
  readonly consumer: string;
  readonly topic: Topic;
  readonly handle: EventHandler;
  readonly deadLetters: DeadLetters;
}

/** Where a consumer keeps events that failed too often: its own `dead_letters`. */
export interface DeadLetters {
  /** Keeps an event and its fault until somebody asks for its replay. */
  bury(envelope: DomainEventEnvelope, topic: Topic, fault: unknown): Promise<void>;
  /** Hands events whose replay was asked for to the handler, and buries again what fails. Answers how many it handed. */
  replayRequested(topic: Topic, handle: EventHandler): Promise<number>;
}

/** Port: how events travel between services. At-least-once, in order per subject. */
export interface EventBus {
  subscribe(subscription: Subscription): void;
  /**
   * Hands over a batch, each subject's events in their order. Resolves once the transport has all of them durably, or
   * every consumer has digested or buried them. A throw means that any part may be out: publish the whole batch again,
   * before anything later.
   */
  publish(topic: Topic, envelopes: readonly DomainEventEnvelope[]): Promise<void>;
  /** Most events worth handing over at once; 200 when absent. */
  readonly batchSize?: number;
}

/** Adapter for the embedded profile: producers and consumers share a process, durability is the producer's outbox. */
export function createInProcessBus(): EventBus {
  const subscriptions: Subscription[] = [];
  return {
    subscribe: (subscription) => void subscriptions.push(subscription),
    publish: async (topic, envelopes) => {
      const interested = subscriptions.filter((subscription) => subscription.topic === topic);
      const bySubject = Map.groupBy(envelopes, (envelope) => envelope.subject);
      await allSettled(
        [...bySubject.values()].map(async (events) => {
          for (const event of events) await deliverToAll(interested, event);
        }),
      );
    },
  };
}

async function deliverToAll(subscriptions: readonly Subscription[], event: DomainEventEnvelope) {
  await allSettled(
    subscriptions.map(async ({ handle, deadLetters, topic }) => {
      const outcome = await tryToDigest(handle, event);
      // The outbox keeps the event until its consumer is back.
      if (outcome.kind === 'out-of-reach') throw outcome.fault;
      if (outcome.kind === 'poison') await deadLetters.bury(event, topic, outcome.fault);
    }),
  );
}

// Throws once nothing is under way any more: the batch may come again at once.
async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** What became of an event that a consumer was given. */
export type DigestOutcome =
  | { readonly kind: 'digested' }
  /** It failed too often. */
  | { readonly kind: 'poison'; readonly fault: unknown }
  /** It failed too often, last because something that its consumer needs could not be reached: nothing is wrong with it. */
  | { readonly kind: 'out-of-reach'; readonly fault: unknown };

const attempts = 5;

/** Hands an event to its handler, five times with growing pauses (7 s in all) while it fails. Throws when aborted in a pause. */
export async function tryToDigest(
  handle: EventHandler,
  envelope: DomainEventEnvelope,
  signal?: AbortSignal,
): Promise<DigestOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await handle(envelope);
      return { kind: 'digested' };
    } catch (fault) {
      if (attempt === attempts) return { kind: isOutOfReach(fault) ? 'out-of-reach' : 'poison', fault };
    }
    await sleep(20 * 4 ** attempt, undefined, signal === undefined ? {} : { signal });
  }
}

// A statement that is always too slow, or always waits for a lock, is the event's own fault.
function isOutOfReach(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  return isDatabaseUnavailable(fault) && code !== '57014' && code !== '55P03';
}
