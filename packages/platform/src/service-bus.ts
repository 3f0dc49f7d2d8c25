import type { Environment } from './config.ts';
import type { EventBus, Subscription } from './event-bus.ts';
import type { ReadinessCheck } from './health.ts';
import type { KafkaBus } from './kafka/kafka-bus.ts';
import { readKafkaConfig } from './kafka/kafka-variables.ts';
import type { Logger } from './logger.ts';

/** The bus of one service, and its life. */
export interface ServiceBus {
  readonly bus: EventBus;
  readonly readiness: readonly ReadinessCheck[];
  /** Begins to consume, once the service can. */
  start(): Promise<void>;
  /** Stops consuming; publishing goes on. */
  stopConsuming(): Promise<void>;
  close(): Promise<void>;
}

/** Kafka where the environment names it, else the bus that the services of this process share. */
export function openServiceBus(
  service: string,
  environment: Environment,
  parts: { readonly shared: EventBus; readonly logger: Logger },
): ServiceBus {
  const { KAFKA_BOOTSTRAP_SERVERS: servers = '' } = environment;
  if (servers !== '') return kafkaBusOf(service, environment, parts.logger);
  const nothing = async () => {};
  return { bus: parts.shared, readiness: [], start: nothing, stopConsuming: nothing, close: nothing };
}

// The client is loaded by a service that announces or hears something, and by no other.
function kafkaBusOf(service: string, environment: Environment, logger: Logger): ServiceBus {
  const subscriptions: Subscription[] = [];
  let opened: Promise<KafkaBus> | undefined;
  const open = () =>
    (opened ??= import('./kafka/kafka-bus.ts').then(({ createKafkaBus }) => {
      const config = readKafkaConfig(environment);
      if (config === undefined) throw new Error('Kafka is not configured');
      return createKafkaBus(service, config, logger);
    }));
  return {
    bus: {
      batchSize: 2_000,
      subscribe: (subscription) => void subscriptions.push(subscription),
      publish: async (topic, envelopes) => (await open()).publish(topic, envelopes),
    },
    readiness: [{ name: 'kafka', isVital: false, check: async () => (await open()).check() }],
    start: async () => {
      if (subscriptions.length === 0) return;
      const bus = await open();
      for (const subscription of subscriptions) bus.subscribe(subscription);
      bus.start();
    },
    stopConsuming: async () => (await opened)?.stopConsuming(),
    close: async () => (await opened)?.close(),
  };
}
