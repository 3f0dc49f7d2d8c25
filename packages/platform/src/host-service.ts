import { Type } from 'typebox';
import { ConfigFault, type Environment, readConfig } from './config.ts';
import type { EventBus, Subscription } from './event-bus.ts';
import { readKafkaConfig } from './kafka/kafka-variables.ts';
import { createLogger } from './logger.ts';
import { createReplays } from './replays.ts';
import type { Service, ServiceRun } from './service.ts';
import { openServiceBus } from './service-bus.ts';
import { serviceVariables } from './service-variables.ts';
import { createTracing } from './tracing/create-tracing.ts';
import { createPassiveTracing } from './tracing/passive-tracing.ts';
import { runInStep, type Tracing } from './tracing/tracing.ts';
import { rereadEvent } from './unreadable-event.ts';

/**
 * Creates a service with what its process does for it: its own tracing, which its timers and event handlers run in too,
 * and replays of buried events. Throws `ConfigFault`.
 */
export async function hostService(run: ServiceRun, shared: EventBus): Promise<Service> {
  const { definition, environment } = run;
  const tracing = await createTracing(definition.name, environment).catch(leaveToService);
  const inBackground = <Value>(work: () => Value) => runInStep(tracing.background, work);
  const logger = createLogger(definition.name, logLevelOf(environment));
  const serviceBus = openServiceBus(definition.name, environment, { shared, logger });
  const { bus, subscriptions } = followSubscriptions(serviceBus.bus, inBackground);
  const { readiness } = serviceBus;
  const service = await inBackground(() => definition.create(environment, { bus, readiness, tracing }));
  // What only several variables together can have wrong; the service has refused the rest.
  readKafkaConfig(environment);
  const replays = createReplays(subscriptions, logger);
  return {
    app: service.app,
    port: service.port,
    host: service.host,
    start: async () => {
      await inBackground(() => service.start());
      await inBackground(() => serviceBus.start());
      if (subscriptions.length > 0) inBackground(() => replays.start());
    },
    stop: async () => {
      await Promise.all([replays.stop(), serviceBus.stopConsuming()]);
      await service.stop();
      await serviceBus.close();
      await tracing.stop();
    },
  };
}

type InBackground = <Value>(work: () => Value) => Value;

// A bus delivers in the context of who announced: another service, where two share a process.
function followSubscriptions(bus: EventBus, inBackground: InBackground) {
  const subscriptions: Subscription[] = [];
  const followed: EventBus = {
    ...(bus.batchSize === undefined ? {} : { batchSize: bus.batchSize }),
    publish: (topic, envelopes) => bus.publish(topic, envelopes),
    subscribe: (given) => {
      const subscription: Subscription = {
        ...given,
        handle: (envelope) =>
          inBackground(async () => given.handle(await rereadEvent(envelope, given.topic))),
      };
      subscriptions.push(subscription);
      bus.subscribe(subscription);
    },
  };
  return { bus: followed, subscriptions };
}

function logLevelOf(environment: Environment): string {
  const schema = Type.Object({ LOG_LEVEL: serviceVariables.LOG_LEVEL });
  try {
    return String(readConfig(schema, environment).LOG_LEVEL);
  } catch (error) {
    if (error instanceof ConfigFault) return 'info';
    throw error;
  }
}

// The service reads the same variables and refuses them together with all its others.
function leaveToService(error: unknown): Tracing {
  if (error instanceof ConfigFault) return createPassiveTracing();
  throw error;
}
