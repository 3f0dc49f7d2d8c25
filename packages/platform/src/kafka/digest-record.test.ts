import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DomainEventEnvelope, paymentFailed } from '@urr/contracts/domain-events.ts';
import type { DeadLetters, EventHandler } from '../event-bus.ts';
import { eventData, logger, topic } from '../event-stage.fixture.ts';
import { writeEvent } from '../event-text.ts';
import { digestRecord, type DigestParts } from './digest-record.ts';
import type { FedRecord } from './partition-feed.ts';
import type { Message, TopicProducer } from './produce.ts';

const text = writeEvent({
  specversion: '1.0',
  id: randomUUID(),
  source: '/test',
  type: paymentFailed.type,
  subject: 'subject-1',
  time: new Date().toISOString(),
  data: eventData(1),
});
const record = (value: string): FedRecord => ({
  partition: 0,
  offset: 7n,
  key: Buffer.from('subject-1'),
  value: Buffer.from(value),
});

function parts(behaviour: {
  handle?: EventHandler;
  bury?: DeadLetters['bury'];
  produce?: TopicProducer['produce'];
}) {
  const deadLetters = { bury: behaviour.bury ?? (async () => {}), replayRequested: async () => 0 };
  const subscription = {
    consumer: 'c',
    topic,
    handle: behaviour.handle ?? (async () => {}),
    deadLetters,
  } as const;
  const producer = { produce: behaviour.produce ?? (async () => {}), close: async () => {} };
  return { subscription, producer, logger } satisfies DigestParts;
}

const never = new AbortController().signal;

test('a record is not done before its poison is in the table and on the .dlq', async () => {
  const done: string[] = [];
  let isTableAway = true;
  let isTopicAway = true;
  const digesting = digestRecord(
    parts({
      bury: async () => {
        if (isTableAway) throw new Error('table away');
        done.push('table');
      },
      produce: async () => {
        if (isTopicAway) throw new Error('topic away');
        done.push('topic');
      },
    }),
    record('nonsense'),
    never,
  ).then(() => done.push('record'));
  await sleep(100);
  assert.deepEqual(done, []);
  isTableAway = false;
  await sleep(2_300);
  assert.deepEqual(done, ['table']);
  isTopicAway = false;
  await digesting;
  assert.deepEqual(done, ['table', 'table', 'topic', 'record']);
});

test('an event with a text that no database stores is buried as what can be stored, and holds nobody up', async () => {
  for (const bad of ['\\u0000', '\\ud800', 'x\\udc00']) {
    const buried: DomainEventEnvelope[] = [];
    const handled: string[] = [];
    const harmed = text.replace('"data":{', `"data":{"extra":"${bad}",`);
    await digestRecord(
      parts({
        handle: async ({ id }) => void handled.push(id),
        bury: async (envelope) => void buried.push(envelope),
      }),
      record(harmed),
      never,
    );
    assert.deepEqual([handled.length, buried.map(({ type }) => type)], [0, ['urr.unreadable']]);
  }
});

test('the copy of an event that just fitted onto its topic fits onto the .dlq with its headers', async () => {
  const copies: Message[] = [];
  const value = 'x'.repeat(1_048_480);
  const produce: TopicProducer['produce'] = async (_topic, messages) => void copies.push(...messages);
  await digestRecord(parts({ produce }), record(value), never);
  const [copy] = copies;
  assert.ok((copy?.value.length ?? Infinity) <= 900_000);
  assert.equal(copy?.headers['urr-cut-from-bytes'], '1048480');
});

test('a record whose partition went to another member is left to it, undone', async () => {
  const dropped = new AbortController();
  const digesting = digestRecord(
    parts({ handle: () => Promise.reject(new Error('fails')) }),
    record(text),
    dropped.signal,
  );
  setTimeout(() => dropped.abort(), 50);
  await assert.rejects(digesting, { name: 'AbortError' });
});

test('an event is not buried while its consumer cannot reach its database', { timeout: 60_000 }, async () => {
  let isAway = true;
  let buried = 0;
  const handle = async () => {
    if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  setTimeout(() => (isAway = false), 8_000);
  await digestRecord(parts({ handle, bury: async () => void (buried += 1) }), record(text), never);
  assert.equal(buried, 0);
});
