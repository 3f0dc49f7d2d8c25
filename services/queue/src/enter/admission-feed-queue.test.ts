import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@urr/platform/logger.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import type { Admission } from './admission-feed.ts';
import { AdmissionQueue, type AdmissionQueueOptions, type SendResult } from './admission-feed-queue.ts';

const token = 'the.entry.token';
const nothingFailed: SendResult = [];

function admissionOf(eventId: string, admission: number): Admission {
  return { eventId, accountId: randomUUID(), entryToken: token, admission, grantedAt: new Date() };
}

/** A queue that notes what it sends, counts and logs. */
function openQueue(send: AdmissionQueueOptions['send'], options: Partial<AdmissionQueueOptions> = {}) {
  const counts = { published: 0, failed: 0, overflowed: 0 };
  const lines: string[] = [];
  const logger = { warn: (...line: unknown[]) => lines.push(JSON.stringify(line)) } as unknown as Logger;
  const count: AdmissionQueueOptions['count'] = (outcome, added) => void (counts[outcome] += added);
  const queue = new AdmissionQueue({ send, count, logger, firstPauseMs: 1, ...options });
  return { queue, counts, lines };
}

test('admissions of an event leave in order, ten at most together, one batch at a time', async () => {
  const sent: number[] = [];
  const sizes: number[] = [];
  let underWay = 0;
  const { queue, counts } = openQueue(async (batch) => {
    assert.equal((underWay += 1), 1, 'two batches of an event at once');
    await sleep(Math.random() * 4);
    sent.push(...batch.map(({ admission }) => admission));
    sizes.push(batch.length);
    underWay -= 1;
    return nothingFailed;
  });
  for (let n = 1; n <= 47; n += 1) queue.add(admissionOf('show', n));
  await queue.stop();
  assert.deepEqual(
    sent,
    [...Array(47).keys()].map((index) => index + 1),
  );
  assert.deepEqual([sizes.length, Math.max(...sizes)], [5, 10]);
  assert.deepEqual(counts, { published: 47, failed: 0, overflowed: 0 });
});

test('nothing overtakes a batch that is tried again', async () => {
  const sent: number[] = [];
  let calls = 0;
  const { queue } = openQueue(async (batch) => {
    if ((calls += 1) % 2 === 1) throw new Error('no connection');
    sent.push(...batch.map(({ admission }) => admission));
    return nothingFailed;
  });
  for (let n = 1; n <= 35; n += 1) queue.add(admissionOf('show', n));
  await queue.stop();
  assert.deepEqual(
    sent,
    [...Array(35).keys()].map((index) => index + 1),
  );
});

test('of a batch that was taken in part the rest alone is sent again, without what is refused for good', async () => {
  const batches: number[][] = [];
  const { queue, counts, lines } = openQueue(async (batch) => {
    batches.push(batch.map(({ admission }) => admission));
    if (batches.length > 1) return nothingFailed;
    return [
      { index: 1, isForGood: false, fault: 'InternalError' },
      { index: 2, isForGood: true, fault: 'InvalidMessageContents' },
    ];
  });
  for (let n = 1; n <= 4; n += 1) queue.add(admissionOf('show', n));
  await queue.stop();
  assert.deepEqual(batches, [[1, 2, 3, 4], [2]]);
  assert.deepEqual(counts, { published: 3, failed: 1, overflowed: 0 });
  assert.equal(lines.length, 1);
});

test('an event whose messages fail does not hold another one up', async () => {
  const sent: string[] = [];
  const { queue } = openQueue(
    async (batch) => {
      if (batch[0]?.eventId === 'bad') throw new Error('no');
      sent.push(...batch.map(({ eventId }) => eventId));
      return nothingFailed;
    },
    { firstPauseMs: 1_000, stopDeadlineMs: 1 },
  );
  queue.add(admissionOf('bad', 1));
  queue.add(admissionOf('good', 1));
  await waitUntil(() => sent.length === 1, { timeoutMs: 500, what: 'the other event' });
  await queue.stop();
});

test('what fails again and again is given up, counted and logged without its token', async () => {
  let calls = 0;
  const { queue, counts, lines } = openQueue(async () => {
    calls += 1;
    throw new Error('the queue does not exist');
  });
  queue.add(admissionOf('show', 1));
  await waitUntil(() => queue.waiting === 0, { what: 'the end of the tries' });
  assert.equal(calls, 6);
  assert.deepEqual(counts, { published: 0, failed: 1, overflowed: 0 });
  assert.match(lines.join(), /the queue does not exist/);
  assert.doesNotMatch(lines.join(), new RegExp(token));
});

test('the queue is bounded: who does not fit is counted, and a flood logs one line a second', async () => {
  const { queue, counts, lines } = openQueue(() => new Promise<SendResult>(() => {}), {
    capacity: 20,
    stopDeadlineMs: 1,
  });
  for (let n = 1; n <= 500; n += 1) queue.add(admissionOf('show', n));
  assert.equal(queue.waiting, 20);
  assert.equal(counts.overflowed, 480);
  assert.equal(lines.length, 1);
});

test('stop sends what waits; what is left at the deadline is given up, not waited for', async () => {
  const quick = openQueue(async () => nothingFailed);
  for (let n = 1; n <= 25; n += 1) quick.queue.add(admissionOf('show', n));
  await quick.queue.stop();
  assert.equal(quick.counts.published, 25);

  const hanging = openQueue(
    (_batch, signal) =>
      new Promise<SendResult>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      ),
    { stopDeadlineMs: 50 },
  );
  for (let n = 1; n <= 25; n += 1) hanging.queue.add(admissionOf(`show ${n % 6}`, n));
  const startedAt = performance.now();
  await hanging.queue.stop();
  assert.ok(performance.now() - startedAt < 1_000);
  assert.deepEqual([hanging.counts.failed, hanging.queue.waiting], [25, 0]);
});
