import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { AdmissionMessage } from '@urr/contracts/admission-feed.ts';
import { ConfigFault } from '@urr/platform/config.ts';
import {
  AWS_STANDIN_REGION,
  awsStandinSkip,
  provideAwsCredentials,
  startSqs,
} from '@urr/testkit/aws-standin.ts';
import type { AwsStandin } from '@urr/testkit/aws-standin-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { readQueueConfig } from '../config.ts';
import { createFan, createWorld, type Fan, post, type Replica, type World } from '../queue.fixture.ts';
import { bodyOf, openAdmissionQueue } from './admission-queue.fixture.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

const feedTo = (queueUrl: string) => ({
  SQS_ENABLED: 'true',
  SQS_QUEUE_URL: queueUrl,
  AWS_REGION: AWS_STANDIN_REGION,
});

async function enter(replica: Replica, eventId: string, fan: Fan): Promise<string> {
  const { status, body } = await post<{ entryToken: string }>(replica, `${eventId}/enter`, fan);
  assert.equal(status, 200, JSON.stringify(body));
  return body.entryToken;
}

describe('who is let in is published', { skip: awsStandinSkip() }, () => {
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
  const take = async (count: number): Promise<AdmissionMessage[]> => {
    const taken: AdmissionMessage[] = [];
    const isThere = async () => {
      for (const message of await queue.receive()) {
        taken.push(bodyOf(message));
        await queue.remove(message);
      }
      return taken.length >= count;
    };
    await waitUntil(isThere, { what: `${count} messages` });
    return taken;
  };

  test('once, with the token they got, however often and wherever they ask again', async () => {
    const [one, other] = [
      await world.startReplica(feedTo(queue.url)),
      await world.startReplica(feedTo(queue.url)),
    ];
    const eventId = await world.publish({ threshold: 40 });
    const fan = createFan();
    await post(one, `${eventId}/join`, fan);
    const entryToken = await enter(one, eventId, fan);
    const [message] = await take(1);
    assert.deepEqual(message, {
      action: 'admitted',
      eventId,
      userId: fan.accountId,
      entryToken,
      timestamp: message?.timestamp,
    });
    for (const replica of [one, other, other]) assert.equal(await enter(replica, eventId, fan), entryToken);
    // A later admission tells that nothing came in between.
    const next = createFan();
    await post(other, `${eventId}/join`, next);
    await enter(other, eventId, next);
    assert.deepEqual(
      (await take(1)).map(({ userId }) => userId),
      [next.accountId],
    );
    assert.match(await metricsOf(one), /queue_admission_feed_total\{outcome="published",.*\} 1\n/);
    assert.match(await metricsOf(other), /queue_admission_feed_total\{outcome="published",.*\} 1\n/);
  });

  test('again when they left and came back within five minutes', async () => {
    const replica = await world.startReplica(feedTo(queue.url));
    const eventId = await world.publish({ threshold: 40 });
    const fan = createFan();
    const tokens: string[] = [];
    for (let admission = 1; admission <= 3; admission += 1) {
      await post(replica, `${eventId}/join`, fan);
      tokens.push(await enter(replica, eventId, fan));
      assert.equal((await take(1))[0]?.entryToken, tokens.at(-1));
      await post(replica, `${eventId}/leave`, fan);
    }
    assert.equal(new Set(tokens).size, 3);
  });

  test('in the order they were let in, also by a replica that stops at once afterwards', async () => {
    const replica = await world.startReplica(feedTo(queue.url));
    const eventId = await world.publish({ threshold: 100, ratePerSecond: 100 });
    const fans = Array.from({ length: 30 }, () => createFan());
    for (const fan of fans) await post(replica, `${eventId}/join`, fan);
    await Promise.all(fans.map((fan) => enter(replica, eventId, fan)));
    await replica.stop();
    const times = (await take(30)).map(({ timestamp }) => timestamp);
    assert.equal(times.length, 30);
    assert.deepEqual(times, times.toSorted());
  });
});

test('while SQS hangs, admissions stand and their answers do not wait', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  provideAwsCredentials();
  const replica = await world.startReplica(feedTo(`http://127.0.0.1:${port}/queue/hanging.fifo`));
  const eventId = await world.publish({ threshold: 40 });
  const fan = createFan();
  await post(replica, `${eventId}/join`, fan);
  const startedAt = performance.now();
  await enter(replica, eventId, fan);
  assert.ok(performance.now() - startedAt < 1_500);
  await waitUntil(async () => /queue_admission_feed_waiting\{.*\} 1\n/.test(await metricsOf(replica)), {
    what: 'the message to wait',
  });
  silent.close();
  await replica.stop();
});

test('a feed that is enabled without its queue or its region is refused at the start, both at once', () => {
  const environment = world.environment({ SQS_ENABLED: 'true' });
  assert.throws(
    () => readQueueConfig(environment),
    (error: unknown) =>
      error instanceof ConfigFault && error.faults.filter((fault) => /SQS_ENABLED/.test(fault)).length === 2,
  );
  assert.equal(readQueueConfig(world.environment({ SQS_QUEUE_URL: '' })).SQS_ENABLED, false);
});

async function metricsOf(replica: Replica): Promise<string> {
  return (await fetch(`${replica.origin}/metrics`)).text();
}
