import path from 'node:path';
import { Admin } from '@platformatic/kafka';
import type { TestContext } from 'node:test';
import type { KafkaCluster } from '@urr/testkit/kafka-server.ts';
import { type SpawnedProcess, spawnProcess } from '@urr/testkit/spawn-process.ts';
import type { EventStage } from '../event-stage.fixture.ts';
import { openBus } from './bus.fixture.ts';

/** Starts a replica of the noting consumer as a process of its own, for the stage's present run. */
export async function startReplica(
  kafka: KafkaCluster,
  stage: EventStage,
  { who, pauseMs, where = 'before-commit' }: { who: string; pauseMs: number; where?: string },
): Promise<SpawnedProcess> {
  const program = path.join(import.meta.dirname, 'consumer-process.fixture.ts');
  const args = [kafka.bootstrapServers, stage.url, stage.run(), who, String(pauseMs), where];
  const replica = await spawnProcess(program, args);
  await replica.waitForOutput('consuming', { timeoutMs: 15_000 });
  return replica;
}

/** Relays the stage's outbox into Kafka until the test ends. */
export function relayInto(kafka: KafkaCluster, stage: EventStage, context: TestContext) {
  const bus = openBus(kafka);
  const relay = stage.relayTo(bus);
  relay.start();
  context.after(async () => {
    await relay.stop();
    await bus.close();
  });
  return bus;
}

/** Takes a topic and all that is in it from the brokers. */
export async function deleteTopic(kafka: KafkaCluster, topic: string): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: kafka.bootstrapServers.split(',') });
  await admin.deleteTopics({ topics: [topic] });
  await admin.close();
}
