import path from 'node:path';
import type { ServiceDefinition } from '@urr/platform/service.ts';
import { createQueueService } from './app.ts';
import { readQueueConfig } from './config.ts';

/** Lines, admissions and entry tokens. */
export const queueService: ServiceDefinition = {
  name: 'queue-service',
  migrations: path.join(import.meta.dirname, '../migrations'),
  create: (environment, shared) => createQueueService(readQueueConfig(environment), shared),
};
