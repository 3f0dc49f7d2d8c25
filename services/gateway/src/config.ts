import { topology, type WorkloadName } from '@urr/contracts/topology.ts';
import { type Environment, readConfig, SecretVariable } from '@urr/platform/config.ts';
import { portVariable, serviceVariables, urlVariable } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';

const perMinute = (limit: number) => Type.Integer({ default: limit, minimum: 1, maximum: 60_000_000 });

const schema = Type.Object({
  ...serviceVariables,
  PORT: portVariable(topology['gateway-service'].port),
  AUTH_SERVICE_URL: urlVariable(),
  CATALOG_SERVICE_URL: urlVariable(),
  QUEUE_SERVICE_URL: urlVariable(),
  TICKET_SERVICE_URL: urlVariable(),
  PAYMENT_SERVICE_URL: urlVariable(),
  QUEUE_ENTRY_TOKEN_SECRET: SecretVariable({ minLength: 32 }),
  /** Proves that a request came through our distribution; the rule is off while it is unset. */
  CLOUDFRONT_SECRET: Type.Optional(SecretVariable({ minLength: 16 })),
  /** Origins of pages that may call us, separated by commas. */
  CORS_ALLOWED_ORIGINS: Type.String({ default: '' }),
  /** Proxies between us and the internet; each appends one address to X-Forwarded-For. */
  TRUSTED_PROXIES: Type.Integer({ default: 0, minimum: 0, maximum: 10 }),
  RATE_LIMIT_AUTH_PER_MINUTE: perMinute(60),
  RATE_LIMIT_QUEUE_PER_MINUTE: perMinute(120),
  RATE_LIMIT_BOOKING_PER_MINUTE: perMinute(30),
  RATE_LIMIT_GENERAL_PER_MINUTE: perMinute(3_000),
  /** Milliseconds until a request without an answer is given up; payments and imports get the longer time. */
  REQUEST_DEADLINE_MS: Type.Integer({ default: 10_000, minimum: 100, maximum: 29_000 }),
  LONG_REQUEST_DEADLINE_MS: Type.Integer({ default: 29_000, minimum: 100, maximum: 29_000 }),
  UPSTREAM_CONNECTIONS: Type.Integer({ default: 128, minimum: 1, maximum: 4_096 }),
  UPSTREAM_MAX_IN_FLIGHT: Type.Integer({ default: 2_000, minimum: 1, maximum: 100_000 }),
  MAX_STREAMS: Type.Integer({ default: 10_000, minimum: 1, maximum: 100_000 }),
  TRACING_SAMPLING_PROBABILITY: Type.Number({ default: 0, minimum: 0, maximum: 1 }),
});

/** Settings of gateway-service. */
export type GatewayConfig = Readonly<Static<typeof schema>>;

/** Reads the environment; throws `ConfigFault`. */
export function readGatewayConfig(environment: Environment): GatewayConfig {
  return readConfig(schema, environment);
}

/** Where a workload is, from its variable in the topology. */
export function originOf(config: GatewayConfig, service: WorkloadName): string {
  const origin: unknown = Reflect.get(config, topology[service].urlVariable);
  if (typeof origin !== 'string') throw new Error(`${topology[service].urlVariable} is not in the schema`);
  return origin;
}
