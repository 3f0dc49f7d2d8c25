import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Json, startReceiver, startSimulator, until } from './test-simulator.ts';

const minuteMs = 60_000;

async function connected(context: TestContext, statuses: number[] = [], environment: NodeJS.ProcessEnv = {}) {
  const receiver = await startReceiver(context, ...statuses);
  const shop = await startSimulator(context, { SIMULATOR_WEBHOOK_URL: receiver.url, ...environment });
  const arrived = (count: number) => until(() => receiver.posts.length >= count, `${count} posts`);
  return { shop, posts: receiver.posts, arrived };
}

function dataOf(body: Json | undefined): Json {
  return JSON.parse(JSON.stringify(body?.['data'] ?? {}));
}

describe('webhook', () => {
  it('tells of an approval with the provider’s headers and the whole Payment', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    const payment = await shop.buy();
    const confirmed = await shop.confirm(payment);
    await arrived(1);
    const [post] = posts;
    assert.equal(post?.body['eventType'], 'PAYMENT_STATUS_CHANGED');
    assert.match(String(post?.body['createdAt']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    assert.deepEqual(dataOf(post?.body), confirmed.body);
    assert.match(String(post?.headers['tosspayments-webhook-transmission-time']), /\+09:00$/);
    assert.match(String(post?.headers['tosspayments-webhook-transmission-id']), /^[0-9a-f-]{36}$/);
    assert.equal(post?.headers['tosspayments-webhook-transmission-retried-count'], '0');
    assert.equal(post?.headers['tosspayments-webhook-signature'], undefined);
  });

  it('tells of ABORTED, PARTIAL_CANCELED, CANCELED and EXPIRED, not of READY or IN_PROGRESS', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    await shop.buy({ action: 'close' });
    await shop.buy({ action: 'cancel' });
    await shop.buy({ action: 'decline' });
    const payment = await shop.buy();
    await shop.confirm(payment);
    await shop.cancel(payment.paymentKey, { cancelAmount: 1 });
    await shop.advance(1000);
    await shop.cancel(payment.paymentKey);
    await shop.advance(30 * minuteMs);
    await arrived(6);
    await sleep(100);
    const statuses = posts.map(({ body }) => String(dataOf(body)['status'])).toSorted();
    assert.deepEqual(statuses, ['ABORTED', 'CANCELED', 'DONE', 'EXPIRED', 'EXPIRED', 'PARTIAL_CANCELED']);
  });

  it('is repeated with the same id and body until the shop answers 200', async (context) => {
    const { arrived, posts, shop } = await connected(context, [500, 204], {
      SIMULATOR_WEBHOOK_SCALE: '0.0005',
    });
    await shop.confirm(await shop.buy());
    await arrived(3);
    await sleep(100);
    assert.equal(posts.length, 3);
    const retried = posts.map(({ headers }) => headers['tosspayments-webhook-transmission-retried-count']);
    assert.deepEqual(retried, ['0', '1', '2']);
    assert.equal(
      new Set(posts.map(({ headers }) => headers['tosspayments-webhook-transmission-id'])).size,
      1,
    );
    assert.equal(new Set(posts.map(({ body }) => JSON.stringify(body))).size, 1);
    const [first, second, third] = posts.map(({ at }) => at);
    // 1 and 4 minutes, scaled to 30 and 120 ms.
    assert.ok(Number(second) - Number(first) >= 30 && Number(third) - Number(second) >= 120);
  });

  it('is given up after seven retries, in 5461 minutes', async (context) => {
    const { arrived, posts, shop } = await connected(
      context,
      Array.from({ length: 20 }, () => 503),
    );
    await shop.confirm(await shop.buy());
    await arrived(1);
    for (const [index, waitMinutes] of [1, 4, 16, 64, 256, 1024, 4096].entries()) {
      const attempts = async () => JSON.stringify((await shop.get('/v1/simulator/webhooks')).body);
      await until(
        async () => (await attempts()).includes(`"attempts":${index + 1}`),
        'the attempt to be noted',
      );
      await shop.advance(waitMinutes * minuteMs);
      await arrived(index + 2);
    }
    const abandoned = async () => JSON.stringify((await shop.get('/v1/simulator/webhooks')).body['counts']);
    await until(async () => (await abandoned()).includes('"abandoned":1'), 'the delivery to be given up');
    assert.equal(posts.length, 8);
  });

  it('of a virtual account comes as DEPOSIT_CALLBACK with its secret too, also when the deposit is taken back', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    const payment = await shop.buy({ action: 'approve-by-virtual-account' });
    const { body } = await shop.confirm(payment);
    await shop.post(`/v1/simulator/virtual-accounts/${payment.paymentKey}/deposit`, {});
    await arrived(2);
    const callback = posts.find((post) => post.body['eventType'] === undefined);
    assert.deepEqual(Object.keys(callback?.body ?? {}), [
      'createdAt',
      'secret',
      'status',
      'transactionKey',
      'orderId',
    ]);
    assert.deepEqual([callback?.body['secret'], callback?.body['status']], [body['secret'], 'DONE']);
    await shop.post(`/v1/simulator/virtual-accounts/${payment.paymentKey}/cancel-deposit`, {});
    await arrived(3);
    await sleep(50);
    assert.equal(posts.length, 3);
    assert.equal(posts[2]?.body['status'], 'WAITING_FOR_DEPOSIT');
  });

  it('is doubled under one id by the duplicate switch', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    await shop.fault({ call: 'webhook', kind: 'duplicate' });
    await shop.confirm(await shop.buy());
    await arrived(2);
    assert.equal(
      new Set(posts.map(({ headers }) => headers['tosspayments-webhook-transmission-id'])).size,
      1,
    );
  });

  it('is overtaken by a later one under the reorder switch', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'webhook', kind: 'reorder', delayMs: 300 });
    await shop.confirm(payment);
    await shop.cancel(payment.paymentKey);
    await arrived(2);
    assert.deepEqual(
      posts.map(({ body }) => dataOf(body)['status']),
      ['CANCELED', 'DONE'],
    );
  });

  it('says ABORTED after DONE under the glitch switch, while the payment stays DONE', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'webhook', kind: 'done-then-aborted' });
    await shop.confirm(payment);
    await arrived(2);
    assert.deepEqual(
      posts.map(({ body }) => dataOf(body)['status']),
      ['DONE', 'ABORTED'],
    );
    assert.notEqual(
      posts[0]?.headers['tosspayments-webhook-transmission-id'],
      posts[1]?.headers['tosspayments-webhook-transmission-id'],
    );
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`)).body['status'], 'DONE');
  });

  it('never comes under the lost switch', async (context) => {
    const { posts, shop } = await connected(context);
    await shop.fault({ call: 'webhook', kind: 'lost' });
    await shop.confirm(await shop.buy());
    await sleep(150);
    assert.equal(posts.length, 0);
  });

  it('can be held back and sent elsewhere by the operator', async (context) => {
    const { arrived, posts, shop } = await connected(context);
    await shop.post('/v1/simulator/webhooks', { paused: true });
    await shop.confirm(await shop.buy());
    await sleep(100);
    assert.equal(posts.length, 0);
    await shop.post('/v1/simulator/webhooks', { paused: false });
    await arrived(1);
    assert.equal((await shop.post('/v1/simulator/webhooks', { url: 'file:///etc' })).status, 400);
    const other = await startReceiver(context);
    await shop.post('/v1/simulator/webhooks', { url: other.url });
    await shop.confirm(await shop.buy());
    await until(() => other.posts.length === 1, 'the post at the other address');
  });
});
