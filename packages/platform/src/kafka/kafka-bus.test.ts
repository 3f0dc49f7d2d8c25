import { after, before, describe, test } from 'node:test';
import { type KafkaCluster, kafkaMissing, startKafka } from '@urr/testkit/kafka-server.ts';
import { eventBusGuarantees } from '../event-bus-suite.fixture.ts';
import { type EventStage, openEventStage } from '../event-stage.fixture.ts';
import { openBus } from './bus.fixture.ts';

describe(
  'domain events over Kafka of three nodes',
  { skip: kafkaMissing('domain events over Kafka') },
  () => {
    let kafka: KafkaCluster;
    let stage: EventStage;
    before(async () => {
      [kafka, stage] = await Promise.all([startKafka({ nodes: 3 }), openEventStage()]);
    });
    after(async () => {
      await stage.close();
      await kafka.stop();
    });

    const open = async () => {
      const bus = openBus(kafka);
      const stop = async () => {
        await bus.stopConsuming();
        await bus.close();
      };
      return { bus, start: () => bus.start(), stop };
    };
    for (const [guarantee, prove] of Object.entries(eventBusGuarantees))
      test(guarantee, () => prove({ stage, open }));
  },
);
