import path from 'node:path';
import { topology } from '@urr/contracts/topology.ts';
import {
  ConfigFault,
  DatabaseUrlVariable,
  type Environment,
  readConfig,
  SecretVariable,
} from '@urr/platform/config.ts';
import { kafkaVariables } from '@urr/platform/kafka/kafka-variables.ts';
import { portVariable, serviceVariables, urlVariable } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';

const milliseconds = (value: number, what: string, minimum = 1) =>
  Type.Integer({ default: value, minimum, maximum: 2 ** 31 - 1, description: `Milliseconds ${what}` });
const minuteMs = 60_000;

export const paymentVariables = Type.Object({
  ...serviceVariables,
  ...kafkaVariables,
  PORT: portVariable(topology['payment-service'].port),
  PAYMENT_DB_URL: DatabaseUrlVariable(),
  PAYMENT_DB_POOL_SIZE: Type.Integer({
    default: 16,
    minimum: 2,
    maximum: 200,
    description: 'Most connections to the database',
  }),
  TICKET_SERVICE_URL: urlVariable(),
  TICKET_CALL_DEADLINE_MS: milliseconds(3_000, 'until a call of ticket-service is given up'),
  TOSS_API_BASE_URL: Type.String({
    default: 'https://api.tosspayments.com',
    pattern: '^https?://[^/]+$',
    description: "Origin of the provider's API",
  }),
  TOSS_SECRET_KEY: SecretVariable({ description: 'Our secret key at the provider' }),
  TOSS_CLIENT_KEY: Type.String({
    minLength: 1,
    description: 'The client key of the same pair, shown to browsers',
  }),
  TOSS_CHECKOUT_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: "A hosted payment page that takes the window's parameters as a query, where there is one",
    }),
  ),
  PAYMENT_RETURN_BASE_URL: urlVariable('Origin of the pages the buyer comes back to'),
  TOSS_CONNECT_TIMEOUT_MS: milliseconds(3_000, 'until connecting to the provider is given up'),
  TOSS_READ_TIMEOUT_MS: milliseconds(
    60_000,
    "until the provider's answer is given up; what happened is then asked",
  ),
  TOSS_MAX_CONNECTIONS: Type.Integer({
    default: 256,
    minimum: 1,
    maximum: 4096,
    description: 'Most connections to the provider',
  }),
  CONFIRM_ANSWER_DEADLINE_MS: milliseconds(
    8_000,
    "a buyer's answer waits at most; the work goes on without it",
  ),
  MAX_CALLS_IN_FLIGHT: Type.Integer({
    default: 1_000,
    minimum: 1,
    description: 'Calls of the provider under way at once; one more is refused',
  }),
  HOLD_LEFT_TO_START_MS: milliseconds(
    3 * minuteMs,
    'a hold must have left for a payment to start; the first start extends it before (ticket-service: PIN_SECONDS)',
  ),
  HOLD_LEFT_TO_CONFIRM_MS: milliseconds(
    75_000,
    'a hold must have left for its money to be taken: as long as the provider may take to answer and ticket-service to be asked to keep it; with a margin',
  ),
  CONFIRM_WINDOW_MS: milliseconds(
    11 * minuteMs,
    'an authenticated payment may wait to be confirmed: the provider keeps it for 10 min; with a margin',
  ),
  PAYMENT_WINDOW_MS: milliseconds(
    41 * minuteMs,
    'until an opened payment is over: the provider keeps the window open for 30 min; with a margin',
  ),
  RECONCILE_INTERVAL_MS: milliseconds(1_000, 'between two looks for steps that should be over'),
  RECONCILE_AFTER_MS: milliseconds(10_000, 'of age at which a step that should be over is looked at'),
  RECONCILE_BACKOFF_MAX_MS: milliseconds(60_000, 'between two looks at the same payment, at most'),
  RECONCILE_LEASE_MS: milliseconds(75_000, 'a payment being looked at is kept from other processes'),
  CANCEL_SPACING_MS: milliseconds(
    1_200,
    'between two cancels of one payment: the provider processes only the first within a second',
    0,
  ),
  CHECKOUT_MEASURE_INTERVAL_MS: milliseconds(5_000, "between two announcements of checkout's pace"),
  LEDGER_COMPARE_INTERVAL_MS: milliseconds(
    10 * minuteMs,
    "between two comparisons of our books with the provider's",
  ),
});
export type PaymentConfig = Readonly<Static<typeof paymentVariables>>;

export function readPaymentConfig(environment: Environment): PaymentConfig {
  const config = readConfig(paymentVariables, environment);
  const fault = keyFault(config.TOSS_CLIENT_KEY, config.TOSS_SECRET_KEY.reveal());
  const faults = [...(fault === undefined ? [] : [fault]), ...holdFaults(config)];
  if (faults.length > 0) throw new ConfigFault(faults);
  return config;
}

/** With less of the hold left, it could end while the provider is silent, before ticket-service was asked to keep it. */
function holdFaults(config: PaymentConfig): string[] {
  const { TOSS_CONNECT_TIMEOUT_MS, TOSS_READ_TIMEOUT_MS, TICKET_CALL_DEADLINE_MS } = config;
  const least = TOSS_CONNECT_TIMEOUT_MS + TOSS_READ_TIMEOUT_MS + TICKET_CALL_DEADLINE_MS;
  const faults: string[] = [];
  if (config.HOLD_LEFT_TO_CONFIRM_MS < least) {
    faults.push(
      `HOLD_LEFT_TO_CONFIRM_MS must be ${least} or more: TOSS_CONNECT_TIMEOUT_MS, TOSS_READ_TIMEOUT_MS and TICKET_CALL_DEADLINE_MS together`,
    );
  }
  if (config.HOLD_LEFT_TO_START_MS < config.HOLD_LEFT_TO_CONFIRM_MS) {
    faults.push('HOLD_LEFT_TO_START_MS must not be less than HOLD_LEFT_TO_CONFIRM_MS');
  }
  return faults;
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
