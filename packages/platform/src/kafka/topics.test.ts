import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Admin, ConfigResourceTypes } from '@platformatic/kafka';
import { topics } from '@urr/contracts/topology.ts';
import { type KafkaCluster, kafkaMissing, startKafka } from '@urr/testkit/kafka-server.ts';
import { clientOptions } from './client-options.ts';
import { readKafkaConfig } from './kafka-variables.ts';
import { partitionOf } from './produce.ts';
import { ensureTopics } from './topics.ts';

describe('topics of domain events', { skip: kafkaMissing('topics of Kafka') }, () => {
  let kafka: KafkaCluster;
  let admin: Admin;
  const options = () => {
    const config = readKafkaConfig({ KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrapServers });
    assert.ok(config !== undefined);
    return clientOptions('test', config);
  };
  before(async () => {
    kafka = await startKafka({ nodes: 3 });
    admin = new Admin(options());
  });
  after(async () => {
    await admin.close();
    await kafka.stop();
  });

  test('they are made with their copies, by several at once, and what is there is left alone', async () => {
    await admin.createTopics({ topics: ['payment-events'], partitions: 5, replicas: 1 });
    await Promise.all([1, 2, 3].map(() => ensureTopics(options(), 3)));
    const wanted = topics.flatMap((topic) => [topic, `${topic}.dlq`]);
    const metadata = await admin.metadata({ topics: wanted, forceUpdate: true });
    for (const topic of wanted) {
      const partitions = metadata.topics.get(topic)?.partitions ?? [];
      const isOld = topic === 'payment-events';
      assert.equal(partitions.length, isOld ? 5 : 3, topic);
      for (const { replicas } of partitions) assert.equal(replicas.length, isOld ? 1 : 3, topic);
    }
    const wantedConfig = { resourceName: 'reservation-events', configurationKeys: ['min.insync.replicas'] };
    const found = await admin.describeConfigs({
      resources: [{ resourceType: ConfigResourceTypes.TOPIC, ...wantedConfig }],
    });
    assert.equal(found[0]?.configs[0]?.value, '2');
  });
});

test('a key lies in the partition that every client of Kafka computes', () => {
  // Source: partitions of the Java client's default partitioner (murmur2, sign bit cleared).
  assert.deepEqual(
    ['21', 'foobar', 'a-little-bit-long-string', 'abc'].map((key) => partitionOf(key, 1_000)),
    [-973_932_308, -790_332_482, -985_981_536, 479_470_107].map((hash) => (hash & 0x7f_ff_ff_ff) % 1_000),
  );
});
