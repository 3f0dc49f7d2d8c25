import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KafkaCluster, kafkaMissing, startKafka } from '@urr/testkit/kafka-server.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { type EventStage, notingSubscription, openEventStage } from '../event-stage.fixture.ts';
import { openBus } from './bus.fixture.ts';
import { relayInto, startReplica } from './stage.fixture.ts';

describe('consumers come and go', { skip: kafkaMissing('consumers over Kafka that come and go') }, () => {
  let kafka: KafkaCluster;
  let stage: EventStage;
  const oneBroker = { KAFKA_TOPIC_REPLICATION_FACTOR: '1' };

  before(async () => {
    [kafka, stage] = await Promise.all([startKafka({ nodes: 1 }), openEventStage()]);
    // One broker keeps one copy; whoever comes later leaves the topics alone.
    const bus = openBus(kafka, oneBroker);
    await bus.publish('payment-events', []);
    await bus.close();
  });
  beforeEach(() => stage.reset());
  after(async () => {
    await stage.close();
    await kafka.stop();
  });

  const digestedBy = async (who: string) => (await stage.digested()).filter((row) => row.who === who).length;

  test('a consumer killed between its commit and the acknowledgement loses nothing and repeats nothing', async (context) => {
    relayInto(kafka, stage, context);
    const first = await startReplica(kafka, stage, { who: 'first', pauseMs: 400, where: 'after-commit' });
    context.after(() => first.kill('SIGTERM'));
    await stage.announce(30, 10);
    await waitUntil(async () => (await digestedBy('first')) > 20, { timeoutMs: 20_000 });
    await first.kill();
    const second = await startReplica(kafka, stage, { who: 'second', pauseMs: 1 });
    context.after(() => second.kill('SIGTERM'));
    await stage.waitForAll(40_000);
    await stage.assertOnceAndInOrder();
    assert.ok((await digestedBy('second')) > 100);
  });

  test('a replica that joins takes its share, and one that dies leaves its share to the other', async (context) => {
    relayInto(kafka, stage, context);
    const one = await startReplica(kafka, stage, { who: 'one', pauseMs: 15 });
    context.after(() => one.kill('SIGTERM'));
    await stage.announce(60, 5);
    await waitUntil(async () => (await digestedBy('one')) > 50, { timeoutMs: 20_000 });
    const two = await startReplica(kafka, stage, { who: 'two', pauseMs: 15 });
    context.after(() => two.kill('SIGTERM'));
    for (let round = 0; round < 20; round += 1) {
      await stage.announce(60, 2);
      await sleep(150);
    }
    await waitUntil(async () => (await digestedBy('two')) > 50, {
      timeoutMs: 20_000,
      what: 'work of the second',
    });
    await stage.announce(60, 10);
    await one.kill();
    await stage.waitForAll(60_000);
    await stage.assertOnceAndInOrder();
  });

  test('a replica that stands still too long and wakes does no harm', async (context) => {
    relayInto(kafka, stage, context);
    const sleeper = await startReplica(kafka, stage, { who: 'sleeper', pauseMs: 30 });
    context.after(() => sleeper.kill('SIGTERM'));
    await stage.announce(40, 5);
    await waitUntil(async () => (await digestedBy('sleeper')) > 30, { timeoutMs: 20_000 });
    process.kill(sleeper.pid, 'SIGSTOP');
    const other = await startReplica(kafka, stage, { who: 'other', pauseMs: 5 });
    context.after(() => other.kill('SIGTERM'));
    // Longer than the group keeps a silent member.
    await waitUntil(async () => (await digestedBy('other')) > 50, {
      timeoutMs: 40_000,
      what: 'work of the other',
    });
    process.kill(sleeper.pid, 'SIGCONT');
    await stage.announce(40, 5);
    await stage.waitForAll(40_000);
    await stage.assertOnceAndInOrder();
  });

  test('a consumer that takes longer than a session for one event stays a member and acts once', async (context) => {
    relayInto(kafka, stage, context);
    const bus = openBus(kafka);
    let begun = 0;
    const slow = async () => {
      begun += 1;
      await sleep(13_000);
    };
    bus.subscribe(notingSubscription(stage.db, { run: stage.run(), before: slow }));
    bus.start();
    context.after(async () => {
      await bus.stopConsuming();
      await bus.close();
    });
    await stage.announce(1, 1);
    await stage.waitForAll(40_000);
    await sleep(1_000);
    assert.equal(begun, 1, 'nobody else was given it');
  });

  test('a consumer that stops lets the event in hand end, and the next begins behind it', async (context) => {
    relayInto(kafka, stage, context);
    let handed = 0;
    const openConsumer = () => {
      const bus = openBus(kafka);
      const count = async () => {
        handed += 1;
        await sleep(100);
      };
      bus.subscribe(notingSubscription(stage.db, { run: stage.run(), before: count }));
      bus.start();
      return async () => {
        await bus.stopConsuming();
        await bus.close();
      };
    };
    const stopFirst = openConsumer();
    await stage.announce(40, 3);
    await waitUntil(async () => (await stage.digested()).length > 20, { timeoutMs: 20_000 });
    await stopFirst();
    const before = await stage.digested();
    assert.equal(handed, before.length, 'what was begun is done');
    const stopSecond = openConsumer();
    context.after(stopSecond);
    await stage.waitForAll();
    await stage.assertOnceAndInOrder();
    assert.ok(handed < 120 + before.length, 'the group remembers what is done');
  });
});
