import { logger } from '../event-stage.fixture.ts';
import { createKafkaBus, type KafkaBus } from './kafka-bus.ts';
import { readKafkaConfig } from './kafka-variables.ts';

/** A bus of a test, on whatever brokers it names. */
export function openBus(
  { bootstrapServers }: { readonly bootstrapServers: string },
  settings: Readonly<Record<string, string>> = {},
): KafkaBus {
  const config = readKafkaConfig({ KAFKA_BOOTSTRAP_SERVERS: bootstrapServers, ...settings });
  if (config === undefined) throw new Error('No brokers are named');
  return createKafkaBus('test-service', config, logger);
}
