import { Admin } from '@platformatic/kafka';
import { deadLetterTopic, partitionsPerTopic, topics } from '@urr/contracts/topology.ts';
import { withDeadline } from '../deadline.ts';
import type { ClientOptions } from './client-options.ts';
import { isProtocolError, reasonOf } from './faults.ts';

const deadlineMs = 15_000;

/** Makes the topics of domain events and of dead letters that are not there; what is there is left as it is. */
export async function ensureTopics(options: ClientOptions, replicationFactor: number): Promise<void> {
  const admin = new Admin({ ...options });
  try {
    const there = new Set(await withDeadline(admin.listTopics(), deadlineMs, 'Kafka: listing topics'));
    const wanted = topics.flatMap((topic) => [topic, deadLetterTopic(topic)]);
    for (const topic of wanted)
      if (!there.has(topic))
        await withDeadline(make(admin, topic, replicationFactor), deadlineMs, `Kafka: making ${topic}`);
  } catch (error) {
    throw new Error(`no topics: ${reasonOf(error)}`, { cause: error });
  } finally {
    await admin.close().catch(() => {});
  }
}

async function make(admin: Admin, topic: string, replicas: number): Promise<void> {
  // One broker may be away without events being refused or at risk.
  const configs = replicas >= 3 ? [{ name: 'min.insync.replicas', value: String(replicas - 1) }] : [];
  try {
    await admin.createTopics({ topics: [topic], partitions: partitionsPerTopic, replicas, configs });
  } catch (error) {
    // Another process was faster.
    if (!isProtocolError(error, 'TOPIC_ALREADY_EXISTS')) throw error;
  }
}
