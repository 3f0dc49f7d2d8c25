import type { Environment } from './config.ts';
import { createInProcessBus } from './event-bus.ts';
import { hostService } from './host-service.ts';
import { createLogger } from './logger.ts';
import { createServer } from './server.ts';
import type { ServiceDefinition } from './service.ts';

/** Starts a service that hears payment events, and answers how it is doing. */
export async function startHearingService(environment: Environment) {
  const definition: ServiceDefinition = {
    name: 'ticket-service',
    create: async (_environment, { bus, readiness = [] }) => {
      const logger = createLogger('ticket-service', 'silent');
      const { app } = createServer({ name: 'ticket-service', logger, readiness });
      const deadLetters = { bury: async () => {}, replayRequested: async () => 0 };
      bus.subscribe({
        consumer: 'ticket-service',
        topic: 'payment-events',
        handle: async () => {},
        deadLetters,
      });
      return { app, port: 0, host: '127.0.0.1', start: async () => {}, stop: async () => {} };
    },
  };
  const service = await hostService(
    { definition, environment: { LOG_LEVEL: 'silent', ...environment } },
    createInProcessBus(),
  );
  await service.start();
  return {
    readiness: async () => {
      const answer = await service.app.inject({ method: 'GET', url: '/health/ready' });
      return { status: answer.statusCode, body: answer.json<unknown>() };
    },
    stop: async () => {
      await service.app.close();
      await service.stop();
    },
  };
}
