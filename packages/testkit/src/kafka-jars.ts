import { existsSync } from 'node:fs';
import path from 'node:path';

/** The Apache Kafka that tests and `npm run cluster` start. */
export const kafkaVersion = '4.1.1';

/** Folder its jars are fetched into. */
export const kafkaFolder = path.join(import.meta.dirname, `../../../.urr/engines/kafka-${kafkaVersion}`);

/** How to get it. */
export const kafkaRemedy = 'npm run engines (needs Java 17 and Maven)';

/** True when the jars are there; the folder appears whole or not at all. */
export function hasKafka(): boolean {
  return existsSync(kafkaFolder);
}
