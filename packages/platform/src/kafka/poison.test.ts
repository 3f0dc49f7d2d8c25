import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { paymentFailed } from '@urr/contracts/domain-events.ts';
import { type KafkaCluster, kafkaMissing, startKafka } from '@urr/testkit/kafka-server.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import {
  eventData,
  type EventStage,
  notingSubscription,
  openEventStage,
  topic,
} from '../event-stage.fixture.ts';
import { writeEvent } from '../event-text.ts';
import { createServer } from '../server.ts';
import type { ServiceDefinition } from '../service.ts';
import { hostService } from '../host-service.ts';
import { createInProcessBus } from '../event-bus.ts';
import { logger } from '../event-stage.fixture.ts';
import { openBus } from './bus.fixture.ts';
import { clientOptions } from './client-options.ts';
import { createTopicProducer, type Message } from './produce.ts';
import { readTopic } from './topic-reader.fixture.ts';

const oneBroker = { KAFKA_TOPIC_REPLICATION_FACTOR: '1' };

describe('poison on a topic', { skip: kafkaMissing('poison on a topic of Kafka') }, () => {
  let kafka: KafkaCluster;
  let stage: EventStage;

  before(async () => {
    [kafka, stage] = await Promise.all([startKafka({ nodes: 1 }), openEventStage()]);
    const bus = openBus(kafka, oneBroker);
    await bus.publish(topic, []);
    await bus.close();
  });
  beforeEach(() => stage.reset());
  after(async () => {
    await stage.close();
    await kafka.stop();
  });

  const write = async (messages: readonly Pick<Message, 'key' | 'value'>[]) => {
    const config = { KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrapServers } as Parameters<typeof clientOptions>[1];
    const producer = createTopicProducer(clientOptions('stranger', config));
    await producer.produce(
      topic,
      messages.map((message) => ({ ...message, headers: {} })),
    );
    await producer.close();
  };

  const event = (n: number, data: unknown = eventData(n), type: string = paymentFailed.type) => ({
    specversion: '1.0' as const,
    id: randomUUID(),
    source: '/stranger',
    type,
    subject: `subject-1${stage.run()}`,
    time: new Date().toISOString(),
    data,
  });

  /** The stage's consumer as a service in this process, with its replays. */
  const startService = async (accept: () => boolean = () => true) => {
    const definition: ServiceDefinition = {
      name: 'ticket-service',
      create: async (_environment, { bus, readiness = [] }) => {
        const { app } = createServer({ name: 'ticket-service', logger, readiness });
        const before = async () => {
          if (!accept()) throw new Error('not now');
        };
        bus.subscribe(notingSubscription(stage.db, { run: stage.run(), before }));
        return { app, port: 0, host: '127.0.0.1', start: async () => {}, stop: async () => {} };
      },
    };
    const environment = {
      LOG_LEVEL: 'silent',
      KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrapServers,
      ...oneBroker,
    };
    const service = await hostService({ definition, environment }, createInProcessBus());
    await service.start();
    return service;
  };

  const dlq = async (...args: string[]) => {
    const program = path.join(import.meta.dirname, '../../../../tools/dlq/main.ts');
    const command = await spawnProcess(program, args, { env: { TICKET_DB_URL: stage.url } });
    const { code } = await command.exited;
    return { code, output: command.output() };
  };

  test('what is no event of the contracts is buried, told to the .dlq with its fault and place, and blocks nothing', async (context) => {
    const key = `subject-1${stage.run()}`;
    const texts = [
      'no JSON {',
      JSON.stringify({ hello: 'world' }),
      JSON.stringify(event(1, eventData(1), 'urr.payment.invented.v9')),
      JSON.stringify(event(1, { amount: 'much' })),
      '',
      '"half a pair \\ud800 and a NUL \\u0000"',
    ];
    await write([...texts, writeEvent(event(1))].map((text) => ({ key, value: Buffer.from(text) })));
    const service = await startService();
    context.after(() => service.stop());
    await waitUntil(async () => (await stage.digested()).length === 1, { timeoutMs: 20_000 });
    const buried = await stage.buried();
    assert.deepEqual(
      buried.map(({ fault }) => fault.replace(/(data of \S+|not a domain event): .*/, '$1')),
      [
        'UnreadableEvent: not JSON',
        'UnreadableEvent: not a domain event',
        'UnreadableEvent: no event of this type travels on payment-events: urr.payment.invented.v9',
        'UnreadableEvent: data of urr.payment.failed.v1',
        'UnreadableEvent: not JSON',
        'UnreadableEvent: not a domain event',
      ],
    );
    const letters = await readTopic(kafka.bootstrapServers, `${topic}.dlq`, texts.length);
    assert.deepEqual(
      letters.map(({ value }) => value),
      texts,
    );
    for (const [index, { headers, key: itsKey }] of letters.entries()) {
      assert.equal(itsKey, key);
      assert.equal(headers['urr-consumer'], 'ticket-service');
      assert.equal(headers['urr-event-id'], buried[index]?.event_id);
      assert.equal(headers['urr-topic'], topic);
      assert.match(headers['urr-partition'] ?? '', /^[012]$/);
      assert.equal(headers['urr-offset'], String(index));
      assert.notEqual(headers['urr-fault'], '');
    }
  });

  test('a text that the contracts come to know is digested when its replay is commanded, and no other', async (context) => {
    const service = await startService();
    context.after(() => service.stop());
    const known = event(1);
    const letter = { ...known, type: 'urr.unreadable', data: { text: writeEvent(known) } };
    const { deadLetters } = notingSubscription(stage.db, { run: stage.run() });
    await deadLetters.bury(letter, topic, new Error('unknown then'));
    const other = { ...letter, id: randomUUID(), data: { text: 'still nonsense' } };
    await deadLetters.bury(other, topic, new Error('not JSON'));
    assert.match((await dlq('list')).output, /2 events are buried/);
    const { code, output } = await dlq('replay');
    assert.match(output, /1 of 2 events digested/);
    assert.equal(code, 1);
    assert.deepEqual(
      (await stage.digested()).map(({ event_id }) => event_id),
      [known.id],
    );
  });

  test('an event that cannot be digested is buried after its attempts, and digested when its replay is commanded', async (context) => {
    let isWell = false;
    const service = await startService(() => isWell);
    context.after(() => service.stop());
    const poison = event(1);
    await write([{ key: poison.subject, value: Buffer.from(writeEvent(poison)) }]);
    await waitUntil(async () => (await stage.buried()).length === 1, { timeoutMs: 20_000 });
    isWell = true;
    const { output } = await dlq('replay', '--event', poison.id);
    assert.match(output, /1 of 1 events digested/);
    await stage.pool.query('UPDATE outbox SET published_at = now()');
    assert.equal((await stage.digested()).length, 1);
  });
});
