import { topology } from '@urr/contracts/topology.ts';
import { DatabaseUrlVariable, type Environment, readConfig } from '@urr/platform/config.ts';
import { portVariable, serviceVariables } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';
import { defaultHashCost } from './passwords/password-hash.ts';

const schema = Type.Object({
  ...serviceVariables,
  PORT: portVariable(topology['auth-service'].port),
  AUTH_DB_URL: DatabaseUrlVariable(),
  AUTH_DB_POOL_SIZE: Type.Integer({ default: 10, minimum: 2, maximum: 200 }),
  /** False only where the site is served without TLS. */
  COOKIE_SECURE: Type.Boolean({ default: true }),
  GOOGLE_CLIENT_ID: Type.Optional(Type.String()),
  GOOGLE_JWKS_URL: Type.String({
    default: 'https://www.googleapis.com/oauth2/v3/certs',
    pattern: '^https?://',
  }),
  PASSWORD_HASH_MEMORY_KIB: Type.Integer({
    default: defaultHashCost.memoryKib,
    minimum: 8,
    maximum: 1_048_576,
  }),
  PASSWORD_HASH_PASSES: Type.Integer({ default: defaultHashCost.passes, minimum: 1, maximum: 20 }),
  PASSWORD_HASH_CONCURRENCY: Type.Integer({ default: 2, minimum: 1, maximum: 64 }),
  PASSWORD_HASH_QUEUE_SIZE: Type.Integer({ default: 256, minimum: 1, maximum: 100_000 }),
  SIGN_IN_FREE_FAILURES_PER_ACCOUNT: Type.Integer({ default: 5, minimum: 1, maximum: 1_000_000 }),
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: Type.Integer({ default: 50, minimum: 1, maximum: 1_000_000 }),
  SIGN_IN_LONGEST_DELAY_SECONDS: Type.Integer({ default: 300, minimum: 1, maximum: 86_400 }),
});

/** Settings of auth-service. */
export type AuthConfig = Readonly<Static<typeof schema>>;

/** Reads the environment; throws `ConfigFault`. */
export function readAuthConfig(environment: Environment): AuthConfig {
  return readConfig(schema, environment);
}
