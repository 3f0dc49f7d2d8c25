import { Type } from 'typebox';
import { ConfigFault, type Environment, readConfig } from './config.ts';
import type { EventBus, Subscription } from './event-bus.ts';
import { createLogger } from './logger.ts';
import { createReplays } from './replays.ts';
import type { Service, ServiceRun } from './service.ts';
import { serviceVariables } from './service-variables.ts';
import { createTracing } from './tracing/create-tracing.ts';
import { createPassiveTracing } from './tracing/passive-tracing.ts';
import { runInStep, type Tracing } from './tracing/tracing.ts';

/**
 * Creates a service with what its process does for it: its own tracing, which its timers and event handlers run in too,
 * and replays of buried events. Throws `ConfigFault`.
 */
export async function hostService({ definition, environment }: ServiceRun, bus: EventBus): Promise<Service> {
  const tracing = await createTracing(definition.name, environment).catch(leaveToService);
  const inBackground = <Value>(work: () => Value) => runInStep(tracing.background, work);
  const subscriptions: Subscription[] = [];
  const own: EventBus = {
    publish: (topic, envelope) => bus.publish(topic, envelope),
    subscribe: (given) => {
      const subscription: Subscription = {
        ...given,
        // A bus delivers in the context of who announced: another service, where two share a process.
        handle: (envelope) => inBackground(() => given.handle(envelope)),
      };
      subscriptions.push(subscription);
      bus.subscribe(subscription);
    },
  };
  const service = await inBackground(() => definition.create(environment, { bus: own, tracing }));
  const replays = createReplays(subscriptions, createLogger(definition.name, logLevelOf(environment)));
  return {
    app: service.app,
    port: service.port,
    host: service.host,
    start: async () => {
      await inBackground(() => service.start());
      inBackground(() => replays.start());
    },
    stop: async () => {
      await replays.stop();
      await service.stop();
      await tracing.stop();
    },
  };
}

function logLevelOf(environment: Environment): string {
  return String(readConfig(Type.Object({ LOG_LEVEL: serviceVariables.LOG_LEVEL }), environment).LOG_LEVEL);
}

// The service reads the same variables and refuses them together with all its others.
function leaveToService(error: unknown): Tracing {
  if (error instanceof ConfigFault) return createPassiveTracing();
  throw error;
}
