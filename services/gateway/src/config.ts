import { topology, type WorkloadName } from '@urr/contracts/topology.ts';
import { type Environment, readConfig, SecretVariable } from '@urr/platform/config.ts';
import { redisVariables } from '@urr/platform/redis/redis-variables.ts';
import { portVariable, serviceVariables, urlVariable } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';

const perMinute = (limit: number, what: string) =>
  Type.Integer({
    default: limit,
    minimum: 1,
    maximum: 60_000_000,
    description: `${what} a caller may send in any minute`,
  });

/** Environment of gateway-service. */
export const gatewayVariables = Type.Object({
  ...serviceVariables,
  PORT: portVariable(topology['gateway-service'].port),
  AUTH_SERVICE_URL: urlVariable(),
  CATALOG_SERVICE_URL: urlVariable(),
  QUEUE_SERVICE_URL: urlVariable(),
  TICKET_SERVICE_URL: urlVariable(),
  PAYMENT_SERVICE_URL: urlVariable(),
  QUEUE_ENTRY_TOKEN_SECRET: SecretVariable({ minLength: 32, description: 'Key of entry tokens' }),
  CLOUDFRONT_SECRET: Type.Optional(
    SecretVariable({
      minLength: 16,
      description: 'Proves that a request came through our distribution; the rule is off while it is unset',
    }),
  ),
  FRONTEND_SECRET: Type.Optional(
    SecretVariable({
      minLength: 16,
      description:
        "Proves that a request came through our web server, which names the reader's address; the rule is off while it is unset",
    }),
  ),
  CORS_ALLOWED_ORIGINS: Type.String({
    default: '',
    description: 'Origins of pages that may call us, separated by commas',
  }),
  TRUSTED_PROXIES: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 10,
    description: 'Proxies between us and the internet; each appends one address to X-Forwarded-For',
  }),
  RATE_LIMIT_AUTH_PER_MINUTE: perMinute(60, 'Requests of class auth'),
  RATE_LIMIT_QUEUE_PER_MINUTE: perMinute(120, 'Requests of class queue'),
  RATE_LIMIT_BOOKING_PER_MINUTE: perMinute(30, 'Requests of class booking'),
  RATE_LIMIT_GENERAL_PER_MINUTE: perMinute(3_000, 'Other requests'),
  ...redisVariables,
  RATE_LIMIT_DEADLINE_MS: Type.Integer({
    default: 100,
    minimum: 1,
    maximum: 1_000,
    description: 'Longest wait for limits kept in Redis, milliseconds; then this process judges alone',
  }),
  REQUEST_DEADLINE_MS: Type.Integer({
    default: 10_000,
    minimum: 100,
    maximum: 29_000,
    description: 'Milliseconds until a request without an answer is given up',
  }),
  LONG_REQUEST_DEADLINE_MS: Type.Integer({
    default: 29_000,
    minimum: 100,
    maximum: 29_000,
    description: "The same for payments' writes and imports",
  }),
  UPSTREAM_CONNECTIONS: Type.Integer({
    default: 128,
    minimum: 1,
    maximum: 4_096,
    description: 'Connections to each service',
  }),
  UPSTREAM_MAX_IN_FLIGHT: Type.Integer({
    default: 2_000,
    minimum: 1,
    maximum: 100_000,
    description: 'Calls under way to each service; one more is refused',
  }),
  MAX_STREAMS: Type.Integer({
    default: 10_000,
    minimum: 1,
    maximum: 100_000,
    description: 'Open event streams to each service; one more is refused',
  }),
});

/** Settings of gateway-service. */
export type GatewayConfig = Readonly<Static<typeof gatewayVariables>>;

/** Reads the environment; throws `ConfigFault`. */
export function readGatewayConfig(environment: Environment): GatewayConfig {
  return readConfig(gatewayVariables, environment);
}

/** Where a workload is, from its variable in the topology. */
export function originOf(config: GatewayConfig, service: WorkloadName): string {
  const origin: unknown = Reflect.get(config, topology[service].urlVariable);
  if (typeof origin !== 'string') throw new Error(`${topology[service].urlVariable} is not in the schema`);
  return origin;
}
