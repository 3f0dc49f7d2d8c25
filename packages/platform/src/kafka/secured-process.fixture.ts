import type { Environment } from '../config.ts';
import { createLogger } from '../logger.ts';
import { createKafkaBus } from './kafka-bus.ts';
import { readKafkaConfig } from './kafka-variables.ts';
import { eventData, topic } from '../event-stage.fixture.ts';

// Sends one event to itself through the brokers of the settings it is given, and says so.
const config = readKafkaConfig(JSON.parse(process.argv[2] ?? '{}') as Environment);
if (config === undefined) throw new Error('No brokers are named');
const bus = createKafkaBus('secured', config, createLogger('secured', 'warn'));
const heard = Promise.withResolvers<void>();
bus.subscribe({
  consumer: 'secured',
  topic,
  handle: async () => heard.resolve(),
  deadLetters: { bury: async () => {}, replayRequested: async () => 0 },
});
bus.start();
const attributes = { specversion: '1.0', id: crypto.randomUUID(), source: '/secured', subject: 's' } as const;
const event = {
  ...attributes,
  type: 'urr.payment.failed.v1',
  time: new Date().toISOString(),
  data: eventData(1),
};
await bus.publish(topic, [event]);
await heard.promise;
console.log('sent and heard');
await bus.stopConsuming();
await bus.close();
