import type { WorkloadName } from '@urr/contracts/topology.ts';
import type { FastifyInstance } from 'fastify';
import type { Environment } from './config.ts';
import type { EventBus } from './event-bus.ts';

/** A service, composed but not yet listening. */
export interface Service {
  readonly app: FastifyInstance;
  readonly port: number;
  readonly host: string;
  /** Starts what runs without requests: relays, ticks, sweepers. */
  start(): Promise<void>;
  /** Stops them, lets work in hand finish and closes connections. The server is already closed. */
  stop(): Promise<void>;
}

/** What services in one process share. */
export interface SharedParts {
  readonly bus: EventBus;
}

/** How a service is made from an environment. Throws `ConfigFault`. */
export interface ServiceDefinition {
  readonly name: WorkloadName;
  /** Folder of its SQL migrations; absent without a database. */
  readonly migrations?: string;
  create(environment: Environment, shared: SharedParts): Promise<Service>;
}
