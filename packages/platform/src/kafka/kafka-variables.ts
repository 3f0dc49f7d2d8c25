import { type Static, type TObject, Type } from 'typebox';
import { awsVariables } from '../aws-variables.ts';
import { type Environment, readConfig, SecretVariable } from '../config.ts';

/** Variables of Kafka; spread them into the schema of a service that announces or hears domain events. */
export const kafkaVariables = {
  KAFKA_BOOTSTRAP_SERVERS: Type.Optional(
    Type.String({
      pattern: '^[^\\s:,/]+:\\d{1,5}(,[^\\s:,/]+:\\d{1,5})*$',
      description:
        'Kafka brokers to ask for the others, as `host:port`, separated by commas; unset: domain events stay in the process',
    }),
  ),
  KAFKA_TOPIC_REPLICATION_FACTOR: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 9,
    description: 'Copies of each partition of a topic that is not there yet; 1 where there is one broker',
  }),
  KAFKA_SSL: Type.Boolean({
    default: false,
    description: 'Speak TLS with Kafka; a private authority is made known by `NODE_EXTRA_CA_CERTS`',
  }),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Union([Type.Literal('SCRAM-SHA-512'), Type.Literal('SCRAM-SHA-256'), Type.Literal('AWS_MSK_IAM')], {
      description:
        'How to log in: with name and password, or on MSK by the workload’s role, which needs `AWS_REGION`; unset: not at all',
    }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ minLength: 1, description: 'Name to log in with' })),
  KAFKA_SASL_PASSWORD: Type.Optional(SecretVariable({ description: 'Password to log in with' })),
  AWS_REGION: awsVariables.AWS_REGION,
};

const schema = Type.Object(kafkaVariables);

/** The part of a service's settings that is about Kafka. */
export type KafkaConfig = Readonly<Static<TObject<typeof kafkaVariables>>>;

/** A configuration in which Kafka is named. */
export type ConfiguredKafka = KafkaConfig & { readonly KAFKA_BOOTSTRAP_SERVERS: string };

/** Kafka's settings; `undefined` when none is configured. Throws `ConfigFault`. */
export function readKafkaConfig(environment: Environment): ConfiguredKafka | undefined {
  const config = readConfig(schema, environment, kafkaFaults);
  const { KAFKA_BOOTSTRAP_SERVERS } = config;
  return KAFKA_BOOTSTRAP_SERVERS === undefined ? undefined : { ...config, KAFKA_BOOTSTRAP_SERVERS };
}

/** What several of these variables together have wrong. */
function kafkaFaults(config: KafkaConfig): string[] {
  const { KAFKA_BOOTSTRAP_SERVERS: servers, KAFKA_SASL_MECHANISM: mechanism } = config;
  if (servers === undefined) return [];
  if (mechanism === undefined)
    return config.KAFKA_SASL_USERNAME === undefined
      ? []
      : ['KAFKA_SASL_MECHANISM must be set where KAFKA_SASL_USERNAME is'];
  const needed =
    mechanism === 'AWS_MSK_IAM'
      ? (['AWS_REGION'] as const)
      : (['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const);
  return needed
    .filter((name) => config[name] === undefined)
    .map((name) => `${name} must be set where KAFKA_SASL_MECHANISM is ${mechanism}`);
}
