import { topology } from '@urr/contracts/topology.ts';
import { DatabaseUrlVariable, type Environment, readConfig, SecretVariable } from '@urr/platform/config.ts';
import { kafkaVariables } from '@urr/platform/kafka/kafka-variables.ts';
import { redisVariables } from '@urr/platform/redis/redis-variables.ts';
import { portVariable, serviceVariables } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';

/** Environment of ticket-service. */
export const ticketVariables = Type.Object({
  ...serviceVariables,
  ...kafkaVariables,
  ...redisVariables,
  PORT: portVariable(topology['ticket-service'].port),
  TICKET_DB_URL: DatabaseUrlVariable(),
  TICKET_DB_POOL_SIZE: Type.Integer({
    default: 20,
    minimum: 5,
    maximum: 200,
    description: 'Most connections to the database; three of them are for holds alone',
  }),
  QUEUE_ENTRY_TOKEN_SECRET: SecretVariable({
    minLength: 32,
    description: 'Key of entry tokens; its UTF-8 bytes are the HMAC key',
  }),
  HOLD_SECONDS: Type.Integer({
    default: 420,
    minimum: 1,
    maximum: 86_400,
    description: 'Seconds a buyer keeps what they hold',
  }),
  PIN_SECONDS: Type.Integer({
    default: 720,
    minimum: 1,
    maximum: 86_400,
    description:
      "Seconds a hold lasts from the start of its payment: the provider's window of 10 min and a margin for its confirmation (payment-service: HOLD_LEFT_TO_CONFIRM_MS)",
  }),
  KEEP_SECONDS: Type.Integer({
    default: 660,
    minimum: 1,
    maximum: 86_400,
    description:
      'Seconds a hold lasts from the moment it is not known whether it was paid: as long as the truth may take (payment-service: CONFIRM_WINDOW_MS)',
  }),
  RETURN_CUTOFF_HOURS: Type.Integer({
    default: 24,
    minimum: 0,
    maximum: 8_760,
    description: 'Hours before the show; no refund by the buyer later than this',
  }),
  HOLD_GROUP_SIZE: Type.Integer({
    default: 128,
    minimum: 1,
    maximum: 1_000,
    description: 'Most holds written by one statement',
  }),
  HOLD_QUEUE_SIZE: Type.Integer({
    default: 4_000,
    minimum: 1,
    maximum: 1_000_000,
    description:
      'Most that may wait: for a turn, for seats, for places, for what an idempotency key has made, so many each; one more is refused',
  }),
  MIRROR_INTERVAL_MS: Type.Integer({
    default: 400,
    minimum: 20,
    maximum: 1_000,
    description:
      'How often memory catches up with the rows, milliseconds; what is older than 1 s is not believed',
  }),
  STATUS_INTERVAL_MS: Type.Integer({
    default: 200,
    minimum: 20,
    maximum: 1_000,
    description: 'How often the status everybody reads catches up with memory, milliseconds',
  }),
  STREAM_CLIENT_LIMIT: Type.Integer({
    default: 5_000,
    minimum: 0,
    maximum: 100_000,
    description: 'Most open streams of seat changes in one process',
  }),
  SWEEP_INTERVAL_MS: Type.Integer({
    default: 1_000,
    minimum: 20,
    maximum: 600_000,
    description: 'How often expired holds are tidied away, milliseconds',
  }),
});

/** Settings of ticket-service. */
export type TicketConfig = Readonly<Static<typeof ticketVariables>>;

/** Reads the environment; throws `ConfigFault`. */
export function readTicketConfig(environment: Environment): TicketConfig {
  return readConfig(ticketVariables, environment);
}
