import { hostname } from 'node:os';
import type { BaseOptions, SASLOptions } from '@platformatic/kafka';
import type { ConfiguredKafka } from './kafka-variables.ts';
import { createMskToken } from './msk-token.ts';

/** What every client of one service is made with. */
export type ClientOptions = Pick<
  BaseOptions,
  | 'clientId'
  | 'bootstrapBrokers'
  | 'connectTimeout'
  | 'requestTimeout'
  | 'timeout'
  | 'retries'
  | 'retryDelay'
  | 'tls'
  | 'tlsServerName'
  | 'sasl'
>;

/** The options of a service's clients, each wait of theirs bounded. Milliseconds. */
export function clientOptions(service: string, config: ConfiguredKafka): ClientOptions {
  const sasl = saslOf(config);
  // A token of AWS is as good as a password: never in the clear.
  const isEncrypted = config.KAFKA_SSL || config.KAFKA_SASL_MECHANISM === 'AWS_MSK_IAM';
  return {
    clientId: `${service}@${hostname()}`,
    bootstrapBrokers: config.KAFKA_BOOTSTRAP_SERVERS.split(','),
    connectTimeout: 2_000,
    requestTimeout: 7_000,
    timeout: 5_000,
    retries: 3,
    retryDelay: 200,
    ...(isEncrypted ? { tls: {}, tlsServerName: true } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function saslOf(config: ConfiguredKafka): SASLOptions | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_PASSWORD: password } = config;
  if (mechanism === undefined) return undefined;
  if (mechanism === 'AWS_MSK_IAM')
    return { mechanism: 'OAUTHBEARER', token: createMskToken(String(config.AWS_REGION)) };
  return {
    mechanism,
    username: String(config.KAFKA_SASL_USERNAME),
    password: () => password?.reveal() ?? '',
  };
}
