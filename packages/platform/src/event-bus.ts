import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';

/**
 * Digests one event. It runs its own transaction, in which it first calls `firstTime` of `inbox.ts`. A throw means:
 * deliver again later.
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
  /** Resolves once every consumer has digested or buried the event, or the transport has it durably. */
  publish(topic: Topic, envelope: DomainEventEnvelope): Promise<void>;
}

const attempts = 5;

/** Adapter for the embedded profile: producers and consumers share a process, durability is the producer's outbox. */
export function createInProcessBus(): EventBus {
  const subscriptions: Subscription[] = [];
  return {
    subscribe: (subscription) => void subscriptions.push(subscription),
    publish: async (topic, envelope) => {
      const interested = subscriptions.filter((subscription) => subscription.topic === topic);
      await Promise.all(interested.map((subscription) => deliver(subscription, topic, envelope)));
    },
  };
}

async function deliver(
  subscription: Subscription,
  topic: Topic,
  envelope: DomainEventEnvelope,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await subscription.handle(envelope);
    } catch (error) {
      if (attempt === attempts) return subscription.deadLetters.bury(envelope, topic, error);
      await new Promise((resolve) => setTimeout(resolve, 20 * 4 ** attempt));
    }
  }
}
