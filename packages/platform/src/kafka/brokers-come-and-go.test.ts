import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KafkaCluster, kafkaMissing, startKafka } from '@urr/testkit/kafka-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { type EventStage, notingSubscription, openEventStage, topic } from '../event-stage.fixture.ts';
import { openBus } from './bus.fixture.ts';
import { deleteTopic, relayInto } from './stage.fixture.ts';

describe('brokers come and go', { skip: kafkaMissing('brokers of Kafka that come and go') }, () => {
  let kafka: KafkaCluster;
  let stage: EventStage;

  before(async () => {
    [kafka, stage] = await Promise.all([startKafka({ nodes: 3 }), openEventStage()]);
  });
  beforeEach(() => stage.reset());
  after(async () => {
    await stage.close();
    await kafka.stop();
  });

  const consume = () => {
    const bus = openBus(kafka);
    bus.subscribe(notingSubscription(stage.db, { run: stage.run() }));
    bus.start();
    return {
      bus,
      stop: async () => {
        await bus.stopConsuming();
        await bus.close();
      },
    };
  };

  /** Announces for a while, little by little. */
  const announceFor = async (milliseconds: number) => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until) {
      await stage.announce(30, 1);
      await sleep(50);
    }
  };

  for (const index of [0, 1, 2]) {
    test(`broker ${index + 1} of three is killed and returns: nothing is lost, repeated or out of order`, async (context) => {
      relayInto(kafka, stage, context);
      const { stop } = consume();
      context.after(stop);
      await announceFor(1_000);
      const announcing = announceFor(8_000);
      await sleep(500);
      await kafka.kill(index);
      await sleep(4_000);
      await kafka.start(index);
      await announcing;
      await stage.waitForAll(40_000);
      await stage.assertOnceAndInOrder();
    });
  }

  test('a broker that hangs and goes on loses, repeats and holds up nothing for good', async (context) => {
    relayInto(kafka, stage, context);
    const { stop } = consume();
    context.after(stop);
    await announceFor(1_000);
    kafka.pause(1);
    await announceFor(6_000);
    kafka.resume(1);
    await announceFor(1_000);
    await stage.waitForAll(40_000);
    await stage.assertOnceAndInOrder();
  });

  test('brokers that have lost a topic get it again, and events announced from then on arrive', async (context) => {
    const publisher = relayInto(kafka, stage, context);
    const { stop } = consume();
    context.after(stop);
    await stage.announce(5, 2);
    await stage.waitForAll();
    await deleteTopic(kafka, topic);
    await stage.announce(5, 2);
    await stage.waitForAll(60_000);
    await stage.assertOnceAndInOrder();
    await publisher.check();
  });

  test('with all brokers away the outbox keeps what is announced, readiness tells, and all goes on by itself', async (context) => {
    const publisher = relayInto(kafka, stage, context);
    const { bus, stop } = consume();
    context.after(stop);
    await stage.announce(10, 2);
    await stage.waitForAll();
    await bus.check();

    await Promise.all([0, 1, 2].map((index) => kafka.kill(index)));
    await stage.announce(10, 2);
    for (const each of [bus, publisher]) {
      const startedAt = performance.now();
      await assert.rejects(each.check());
      assert.ok(performance.now() - startedAt < 2_000, 'it answers in bounded time');
    }
    await sleep(6_000);
    assert.equal(await stage.isAllPublished(), false);

    await Promise.all([0, 1, 2].map((index) => kafka.start(index)));
    await stage.waitForAll(60_000);
    await stage.assertOnceAndInOrder();
    await waitUntil(
      () =>
        bus.check().then(
          () => true,
          () => false,
        ),
      { timeoutMs: 10_000 },
    );
  });

  test('a consumer that starts while all brokers are away begins when they are back', async (context) => {
    relayInto(kafka, stage, context);
    await Promise.all([0, 1, 2].map((index) => kafka.kill(index)));
    const { stop } = consume();
    context.after(stop);
    await stage.announce(5, 2);
    await sleep(2_000);
    await Promise.all([0, 1, 2].map((index) => kafka.start(index)));
    await stage.waitForAll(60_000);
    await stage.assertOnceAndInOrder();
  });

  test('a consumer stops in bounded time though all brokers are away', async () => {
    const { stop } = consume();
    await stage.announce(5, 2);
    await sleep(1_500);
    await Promise.all([0, 1, 2].map((index) => kafka.kill(index)));
    const startedAt = performance.now();
    await stop();
    assert.ok(performance.now() - startedAt < 13_000);
    await Promise.all([0, 1, 2].map((index) => kafka.start(index)));
  });
});
