import { topology } from '@urr/contracts/topology.ts';
import { DatabaseUrlVariable, type Environment, readConfig, SecretVariable } from '@urr/platform/config.ts';
import { kafkaVariables } from '@urr/platform/kafka/kafka-variables.ts';
import { redisVariables } from '@urr/platform/redis/redis-variables.ts';
import { portVariable, serviceVariables, urlVariable } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';
import { admissionFeedFaults, admissionFeedVariables } from './enter/admission-feed-variables.ts';

/** Environment of queue-service. */
export const queueVariables = Type.Object({
  ...serviceVariables,
  ...kafkaVariables,
  PORT: portVariable(topology['queue-service'].port),
  QUEUE_DB_URL: DatabaseUrlVariable(),
  QUEUE_DB_POOL_SIZE: Type.Integer({
    default: 12,
    minimum: 2,
    maximum: 200,
    description: 'Most connections to the database',
  }),
  CATALOG_SERVICE_URL: urlVariable(),
  QUEUE_ENTRY_TOKEN_SECRET: SecretVariable({ minLength: 32, description: 'Key of entry tokens' }),
  COOKIE_SECURE: Type.Boolean({
    default: true,
    description: 'False only where the site is served without TLS',
  }),
  QUEUE_TICK_MS: Type.Integer({
    default: 100,
    minimum: 20,
    maximum: 1000,
    description: 'Milliseconds between two looks at the lines',
  }),
  QUEUE_CATALOG_POLL_MS: Type.Integer({
    default: 1000,
    minimum: 50,
    maximum: 60_000,
    description: "Milliseconds between two looks at catalog's schedules and stock",
  }),
  QUEUE_CLAIM_SECONDS: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 3600,
    description: "Seconds a called person's slot is kept for them",
  }),
  QUEUE_CHECKOUT_P95_TARGET_MS: Type.Integer({
    default: 3000,
    minimum: 1,
    description: "Milliseconds checkout's 95th percentile may take before the line slows down",
  }),
  QUEUE_MAX_IN_FLIGHT: Type.Integer({
    default: 10_000,
    minimum: 10,
    description: 'Requests answered at once; one more is refused',
  }),
  ...redisVariables,
  ...admissionFeedVariables,
});

export type QueueConfig = Readonly<Static<typeof queueVariables>>;

export function readQueueConfig(environment: Environment): QueueConfig {
  return readConfig(queueVariables, environment, admissionFeedFaults);
}
