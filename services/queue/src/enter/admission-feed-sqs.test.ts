import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createLogger } from '@urr/platform/logger.ts';
import { Registry } from '@urr/platform/metrics.ts';
import { AWS_STANDIN_REGION, awsStandinSkip, startSqs } from '@urr/testkit/aws-standin.ts';
import type { AwsStandin } from '@urr/testkit/aws-standin-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import type { Admission } from './admission-feed.ts';
import { createSqsFeed, entryOf } from './admission-feed-sqs.ts';
import { bodyOf, openAdmissionQueue } from './admission-queue.fixture.ts';

function admissionOf(eventId: string, accountId: string = randomUUID(), admission = 1): Admission {
  return { eventId, accountId, admission, entryToken: `token of ${accountId}`, grantedAt: new Date() };
}

describe('the admission feed on an SQS FIFO queue', { skip: awsStandinSkip() }, () => {
  let sqs: AwsStandin;
  let queue: Awaited<ReturnType<typeof openAdmissionQueue>>;
  before(async () => {
    sqs = await startSqs();
    queue = await openAdmissionQueue(sqs.url, 'admissions');
  });
  after(async () => {
    queue.close();
    await sqs.stop();
  });

  const openFeed = (queueUrl = queue.url) => {
    const registry = new Registry();
    const settings = { queueUrl, region: AWS_STANDIN_REGION, endpoint: sqs.url };
    return { registry, feed: createSqsFeed(settings, { logger: createLogger('test', 'silent'), registry }) };
  };
  const publish = async (...admissions: readonly Admission[]) => {
    const { feed } = openFeed();
    for (const admission of admissions) feed.publish(admission);
    await feed.stop();
  };
  const takeAll = async () => {
    const taken = [];
    for (let batch = await queue.receive(); batch.length > 0; batch = await queue.receive()) {
      for (const message of batch) await queue.remove(message);
      taken.push(...batch);
    }
    return taken;
  };

  test('a message says who was let in, and no more', async () => {
    const admission = admissionOf(randomUUID());
    await publish(admission);
    const [message] = await takeAll();
    assert.deepEqual(bodyOf(message), {
      action: 'admitted',
      eventId: admission.eventId,
      userId: admission.accountId,
      entryToken: admission.entryToken,
      timestamp: admission.grantedAt.toISOString(),
    });
    assert.equal(message?.Attributes?.MessageGroupId, admission.eventId);
    const id = `${admission.accountId}:${admission.eventId}:1`;
    assert.equal(message?.Attributes?.MessageDeduplicationId, id);
  });

  test('admissions of a sale arrive in their order, whatever another sale does', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const admissions = Array.from({ length: 60 }, (_, index) => admissionOf(index % 3 === 0 ? other : one));
    await publish(...admissions);
    const bodies = (await takeAll()).map(bodyOf);
    for (const eventId of [one, other]) {
      const sent = admissions.filter((admission) => admission.eventId === eventId);
      const arrived = bodies.filter((body) => body.eventId === eventId);
      assert.deepEqual(
        arrived.map(({ userId }) => userId),
        sent.map(({ accountId }) => accountId),
      );
    }
  });

  test('while a message of a sale is being worked on, no later one of that sale is handed out', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await publish(admissionOf(one), admissionOf(one), admissionOf(other));
    const [first] = await queue.receive(1);
    const meanwhile = await queue.receive();
    const ofBoth = new Set([bodyOf(first).eventId, ...meanwhile.map((message) => bodyOf(message).eventId)]);
    assert.deepEqual([meanwhile.length, ofBoth.size], [bodyOf(first).eventId === one ? 1 : 2, 2]);
    await queue.purge();
  });

  test('an admission told twice arrives once, also when the first message is long done', async () => {
    const admission = admissionOf(randomUUID());
    await publish(admission, admission);
    assert.equal((await takeAll()).length, 1);
    await publish(admission);
    assert.equal((await takeAll()).length, 0);
  });

  test('who leaves and is let in again within five minutes is told of again', async () => {
    const [eventId, accountId] = [randomUUID(), randomUUID()];
    await publish(admissionOf(eventId, accountId, 1));
    assert.equal((await takeAll()).length, 1);
    await publish(admissionOf(eventId, accountId, 2));
    assert.equal((await takeAll()).length, 1);
  });

  test('control: by the bare pair of account and event, the return would be swallowed', async () => {
    const [eventId, accountId] = [randomUUID(), randomUUID()];
    const client = new SQSClient({ region: AWS_STANDIN_REGION, endpoint: sqs.url });
    for (const [n, arriving] of [
      [1, 1],
      [2, 0],
    ] as const) {
      const { Id: _id, ...entry } = entryOf(admissionOf(eventId, accountId, n), 0);
      const bare = { ...entry, MessageDeduplicationId: `${accountId}:${eventId}` };
      await client.send(new SendMessageCommand({ QueueUrl: queue.url, ...bare }));
      assert.equal((await takeAll()).length, arriving);
    }
    client.destroy();
  });

  test('a message that is not done is handed out again after its visibility timeout, then goes to the dead letters', async () => {
    const admission = admissionOf(randomUUID());
    await publish(admission);
    assert.equal((await queue.receive()).length, 1);
    assert.equal((await queue.receive()).length, 0, 'invisible while it is worked on');
    await sleep(1_200);
    assert.equal((await queue.receive()).length, 1, 'visible again');
    await sleep(1_200);
    assert.equal((await queue.receive()).length, 0, 'received as often as it may be');
    let dead: readonly { Body?: string | undefined }[] = [];
    await waitUntil(async () => (dead = await queue.receiveDead()).length === 1, { what: 'the dead letter' });
    assert.equal(bodyOf(dead[0]).userId, admission.accountId);
  });

  test('what is published while SQS is away arrives when it is back in time', async () => {
    const { port } = new URL(sqs.url);
    await sqs.stop();
    const { feed, registry } = openFeed();
    const admission = admissionOf(randomUUID());
    feed.publish(admission);
    sqs = await startSqs({ port: Number(port) });
    queue.close();
    queue = await openAdmissionQueue(sqs.url, 'admissions');
    await feed.stop();
    assert.deepEqual(
      (await takeAll()).map((message) => bodyOf(message).userId),
      [admission.accountId],
    );
    assert.match(await registry.metrics(), /queue_admission_feed_total\{outcome="published"\} 1/);
  });

  test('a queue that does not exist is counted and leaves nothing waiting', async () => {
    const { feed, registry } = openFeed(`${sqs.url}/000000000000/missing.fifo`);
    feed.publish(admissionOf(randomUUID()));
    await feed.stop();
    const metrics = await registry.metrics();
    assert.match(metrics, /queue_admission_feed_total\{outcome="failed"\} 1/);
    assert.match(metrics, /queue_admission_feed_waiting 0/);
  });
});
