import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import {
  ConfigFault,
  DatabaseUrlVariable,
  type Environment,
  readConfig,
  SecretVariable,
} from '@urr/platform/config.ts';
import { portVariable, serviceVariables, urlVariable } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';

const milliseconds = (value: number, minimum = 1) =>
  Type.Integer({ default: value, minimum, maximum: 2 ** 31 - 1 });
const minuteMs = 60_000;

export const PaymentVariables = Type.Object({
  ...serviceVariables,
  PORT: portVariable(topology['payment-service'].port),
  PAYMENT_DB_URL: DatabaseUrlVariable(),
  PAYMENT_DB_POOL_SIZE: Type.Integer({ default: 16, minimum: 2, maximum: 200 }),
  TICKET_SERVICE_URL: urlVariable(),
  TICKET_CALL_DEADLINE_MS: milliseconds(3_000),
  TOSS_API_BASE_URL: Type.String({ default: 'https://api.tosspayments.com', pattern: '^https?://[^/]+$' }),
  TOSS_SECRET_KEY: SecretVariable(),
  TOSS_CLIENT_KEY: Type.String({ minLength: 1 }),
  /** A hosted payment page that takes the window's parameters as a query, where there is one. */
  TOSS_CHECKOUT_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  /** Origin of the pages the buyer comes back to. */
  PAYMENT_RETURN_BASE_URL: urlVariable('Origin of the pages the buyer comes back to'),
  TOSS_CONNECT_TIMEOUT_MS: milliseconds(3_000),
  TOSS_READ_TIMEOUT_MS: milliseconds(60_000),
  TOSS_MAX_CONNECTIONS: Type.Integer({ default: 256, minimum: 1, maximum: 4096 }),
  /** A buyer's answer waits no longer than this; the work goes on without it. */
  CONFIRM_ANSWER_DEADLINE_MS: milliseconds(8_000),
  MAX_CALLS_IN_FLIGHT: Type.Integer({ default: 1_000, minimum: 1 }),
  /** What a hold must have left for a payment to start, and for its money to be taken. */
  HOLD_LEFT_TO_START_MS: milliseconds(60_000, 0),
  HOLD_LEFT_TO_CONFIRM_MS: milliseconds(5_000, 0),
  /** The provider keeps an authenticated payment for 10 min, an open window for 30; with a margin. */
  CONFIRM_WINDOW_MS: milliseconds(11 * minuteMs),
  PAYMENT_WINDOW_MS: milliseconds(41 * minuteMs),
  RECONCILE_INTERVAL_MS: milliseconds(1_000),
  /** Age at which a step that should be over is looked at. */
  RECONCILE_AFTER_MS: milliseconds(10_000),
  RECONCILE_BACKOFF_MAX_MS: milliseconds(60_000),
  RECONCILE_LEASE_MS: milliseconds(75_000),
  /** Of two cancels of one payment within a second, the provider processes the first alone. */
  CANCEL_SPACING_MS: milliseconds(1_200, 0),
  CHECKOUT_MEASURE_INTERVAL_MS: milliseconds(5_000),
  LEDGER_COMPARE_INTERVAL_MS: milliseconds(10 * minuteMs),
});
export type PaymentConfig = Readonly<Static<typeof PaymentVariables>>;

export function readPaymentConfig(environment: Environment): PaymentConfig {
  const config = readConfig(PaymentVariables, environment);
  const fault = keyFault(config.TOSS_CLIENT_KEY, config.TOSS_SECRET_KEY.reveal());
  if (fault !== undefined) throw new ConfigFault([fault]);
  return config;
}

/** What is wrong with a pair of keys, in words; a confirm with a key of another family is refused for ever. */
export function keyFault(clientKey: string, secretKey: string): string | undefined {
  const client = /^(test|live)_(g?)ck_\w/.exec(clientKey);
  const secret = /^(test|live)_(g?)sk_\w/.exec(secretKey);
  if (client === null) return 'TOSS_CLIENT_KEY must begin with test_ck_, test_gck_, live_ck_ or live_gck_';
  if (secret === null) return 'TOSS_SECRET_KEY must begin with test_sk_, test_gsk_, live_sk_ or live_gsk_';
  if (client[1] !== secret[1] || client[2] !== secret[2]) {
    return 'TOSS_CLIENT_KEY and TOSS_SECRET_KEY must be of the same pair (ck with sk, gck with gsk, test with test)';
  }
  return undefined;
}

export const migrationsFolder = path.join(import.meta.dirname, '../migrations');
