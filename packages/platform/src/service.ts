import type { WorkloadName } from '@urr/contracts/topology.ts';
import type { FastifyInstance } from 'fastify';
import type { Environment } from './config.ts';
import type { EventBus } from './event-bus.ts';
import type { ReadinessCheck } from './health.ts';
import type { Tracing } from './tracing/tracing.ts';

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

/** What a process gives to each of its services. */
export interface SharedParts {
  readonly bus: EventBus;
  /** Checks of these parts, for the service's own readiness; absent where they have none. */
  readonly readiness?: readonly ReadinessCheck[];
  /** The service's own tracing; absent where nobody set one up, as in a test. */
  readonly tracing?: Tracing;
}

/** How a service is made from an environment. Throws `ConfigFault`. */
export interface ServiceDefinition {
  readonly name: WorkloadName;
  /** Folder of its SQL migrations; absent without a database. */
  readonly migrations?: string;
  create(environment: Environment, shared: SharedParts): Promise<Service>;
}

/** One service and the environment it reads. */
export interface ServiceRun {
  readonly definition: ServiceDefinition;
  readonly environment: Environment;
}
