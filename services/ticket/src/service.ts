import path from 'node:path';
import type { ServiceDefinition } from '@urr/platform/service.ts';
import { createTicketService } from './app.ts';
import { readTicketConfig } from './config.ts';

/** Seats, pools, holds, reservations and tickets. */
export const ticketService: ServiceDefinition = {
  name: 'ticket-service',
  migrations: path.join(import.meta.dirname, '../migrations'),
  create: (environment, shared) => createTicketService(readTicketConfig(environment), shared),
};
