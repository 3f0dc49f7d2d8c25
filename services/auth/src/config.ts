import { topology } from '@urr/contracts/topology.ts';
import { ConfigFault, DatabaseUrlVariable, type Environment, readConfig } from '@urr/platform/config.ts';
import { kafkaVariables } from '@urr/platform/kafka/kafka-variables.ts';
import { portVariable, serviceVariables } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';
import { smtpFaults } from './mail/smtp-server.ts';
import { smtpVariables } from './mail/smtp-variables.ts';
import { defaultHashCost } from './passwords/password-hash.ts';

/** Environment of auth-service. */
export const authVariables = Type.Object({
  ...serviceVariables,
  ...kafkaVariables,
  PORT: portVariable(topology['auth-service'].port),
  AUTH_DB_URL: DatabaseUrlVariable(),
  AUTH_DB_POOL_SIZE: Type.Integer({
    default: 10,
    minimum: 2,
    maximum: 200,
    description: 'Most connections to the database',
  }),
  COOKIE_SECURE: Type.Boolean({
    default: true,
    description: 'False only where the site is served without TLS',
  }),
  GOOGLE_CLIENT_ID: Type.Optional(
    Type.String({ description: "Audience of Google's ID tokens; unset: no sign-in with Google" }),
  ),
  GOOGLE_JWKS_URL: Type.String({
    default: 'https://www.googleapis.com/oauth2/v3/certs',
    pattern: '^https?://',
    description: "Where Google's signing keys are",
  }),
  PASSWORD_HASH_MEMORY_KIB: Type.Integer({
    default: defaultHashCost.memoryKib,
    minimum: 8,
    maximum: 1_048_576,
    description: 'Memory one argon2id hash takes, KiB',
  }),
  PASSWORD_HASH_PASSES: Type.Integer({
    default: defaultHashCost.passes,
    minimum: 1,
    maximum: 20,
    description: 'Passes of argon2id over that memory',
  }),
  PASSWORD_HASH_CONCURRENCY: Type.Integer({
    default: 2,
    minimum: 1,
    maximum: 64,
    description: 'Passwords hashed at once',
  }),
  PASSWORD_HASH_QUEUE_SIZE: Type.Integer({
    default: 256,
    minimum: 1,
    maximum: 100_000,
    description: 'Passwords that may wait for it; one more is refused',
  }),
  SIGN_IN_FREE_FAILURES_PER_ACCOUNT: Type.Integer({
    default: 5,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Failed sign-ins of an account before the next has to wait',
  }),
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: Type.Integer({
    default: 50,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Failed sign-ins from an address before the next has to wait',
  }),
  SIGN_IN_LONGEST_DELAY_SECONDS: Type.Integer({
    default: 300,
    minimum: 1,
    maximum: 86_400,
    description: 'Longest such wait, seconds',
  }),
  PASSWORD_RESETS_PER_ACCOUNT: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 1_000,
    description: 'Links to a new password mailed to one account within the life of a link',
  }),
  PASSWORD_RESETS_PER_ADDRESS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 1_000_000,
    description: 'The same asked for from one address; one more is refused',
  }),
  WEB_PUBLIC_ORIGIN: Type.String({
    default: 'http://localhost:3000',
    pattern: '^https?://[^/\\s]+$',
    description: 'Origin that links in mails lead to',
  }),
  ...smtpVariables,
});

/** Settings of auth-service. */
export type AuthConfig = Readonly<Static<typeof authVariables>>;

/** Reads the environment; throws `ConfigFault`. */
export function readAuthConfig(environment: Environment): AuthConfig {
  const config = readConfig(authVariables, environment);
  const faults = smtpFaults(config, (environment['WEB_PUBLIC_ORIGIN'] ?? '') !== '');
  if (faults.length > 0) throw new ConfigFault(faults);
  return config;
}
