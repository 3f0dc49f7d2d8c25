import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFaults } from './faults.ts';
import { startSimulator, until } from './test-simulator.ts';

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('fault', () => {
  it('approve-then-timeout takes the money and never answers', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'confirm', kind: 'approve-then-timeout' });
    const waiting = shop.confirm(payment, { ...keyed('k-1'), signal: AbortSignal.timeout(300) });
    await assert.rejects(waiting, { name: 'TimeoutError' });
    assert.equal((await shop.get(`/v1/payments/orders/${payment.orderId}`)).body['status'], 'DONE');
    const retried = await shop.confirm(payment, keyed('k-1'));
    assert.deepEqual([retried.status, retried.body['status']], [200, 'DONE']);
  });

  it('error-before-commit takes nothing; its answer is replayed to the same key', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'confirm', kind: 'error-before-commit' });
    const failed = await shop.confirm(payment, keyed('k-1'));
    assert.deepEqual([failed.status, failed.body['code']], [500, 'FAILED_INTERNAL_SYSTEM_PROCESSING']);
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`)).body['status'], 'IN_PROGRESS');
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 500);
    assert.equal((await shop.confirm(payment, keyed('k-2'))).status, 200);
  });

  it('error-after-commit takes the money and answers an error', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'confirm', kind: 'error-after-commit', code: 'UNKNOWN_PAYMENT_ERROR' });
    const failed = await shop.confirm(payment, keyed('k-1'));
    assert.deepEqual([failed.status, failed.body['code']], [500, 'UNKNOWN_PAYMENT_ERROR']);
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`)).body['status'], 'DONE');
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 500);
  });

  it('reset cuts the connection, before or after the money moved', async (context) => {
    const shop = await startSimulator(context);
    const [one, other] = [await shop.buy(), await shop.buy()];
    await shop.fault({ call: 'confirm', kind: 'reset-before-commit' });
    await assert.rejects(shop.confirm(one));
    assert.equal((await shop.get(`/v1/payments/${one.paymentKey}`)).body['status'], 'IN_PROGRESS');
    await shop.fault({ call: 'confirm', kind: 'reset-after-commit' });
    await assert.rejects(shop.confirm(other));
    assert.equal((await shop.get(`/v1/payments/${other.paymentKey}`)).body['status'], 'DONE');
  });

  it('rate-limited and consecutive-request are not remembered for the key', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'confirm', kind: 'rate-limited' });
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 429);
    await shop.fault({ call: 'confirm', kind: 'consecutive-request' });
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 403);
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 200);
  });

  it('slow answers late, by default as late as configured', async (context) => {
    const shop = await startSimulator(context, { SIMULATOR_SLOW_MS: '150' });
    const payment = await shop.buy();
    await shop.fault({ call: 'get', kind: 'slow' });
    const startedAt = performance.now();
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`)).status, 200);
    assert.ok(performance.now() - startedAt >= 145);
  });

  it('strikes only its call, its order and as often as it says', async (context) => {
    const shop = await startSimulator(context);
    const [one, other] = [await shop.buy(), await shop.buy()];
    await shop.fault({ call: 'cancel', kind: 'error-before-commit', count: 2, orderId: one.orderId });
    assert.equal((await shop.confirm(one)).status, 200);
    assert.equal((await shop.confirm(other)).status, 200);
    assert.equal((await shop.cancel(other.paymentKey)).status, 200);
    assert.equal((await shop.cancel(one.paymentKey)).status, 500);
    assert.equal((await shop.cancel(one.paymentKey)).status, 500);
    assert.equal((await shop.cancel(one.paymentKey)).status, 200);
    const { body } = await shop.get('/v1/simulator/faults');
    assert.match(JSON.stringify(body), /"remaining":0,"hits":2/);
  });

  it('is listed, removed and cleared by the operator', async (context) => {
    const shop = await startSimulator(context);
    await shop.fault({ call: 'get', kind: 'rate-limited', count: null });
    assert.equal((await shop.get('/v1/payments/x')).status, 429);
    assert.equal((await shop.call('DELETE', '/v1/simulator/faults/1', undefined)).status, 204);
    assert.equal((await shop.call('DELETE', '/v1/simulator/faults/1', undefined)).status, 404);
    assert.equal((await shop.get('/v1/payments/x')).status, 404);
    await shop.fault({ call: 'get', kind: 'rate-limited', count: null });
    assert.equal((await shop.call('DELETE', '/v1/simulator/faults', undefined)).status, 204);
    assert.equal((await shop.get('/v1/payments/x')).status, 404);
  });

  it('that makes no sense is refused', async (context) => {
    const shop = await startSimulator(context);
    const wrong = [
      { call: 'webhook', kind: 'slow' },
      { call: 'confirm', kind: 'duplicate' },
      { call: 'confirm', kind: 'slow', probability: 2 },
      { call: 'confirm', kind: 'slow', count: 0 },
      { call: 'confirm', kind: 'slow', unknown: true },
      { call: 'nothing', kind: 'slow' },
      'text',
    ];
    for (const rule of wrong) assert.equal((await shop.post('/v1/simulator/faults', rule)).status, 400);
  });

  it('with a probability strikes about that often', () => {
    const draws = [0.1, 0.9, 0.49, 0.5];
    const faults = createFaults(() => draws.shift() ?? 1);
    faults.add({ call: 'confirm', kind: 'slow', probability: 0.5, count: null });
    const strikes = Array.from({ length: 4 }, () => faults.take({ call: 'confirm', orderId: undefined }));
    assert.deepEqual(
      strikes.map((rule) => rule?.kind),
      ['slow', undefined, 'slow', undefined],
    );
  });

  it('does not keep the program from closing', async (context) => {
    const shop = await startSimulator(context);
    const [one, other] = [await shop.buy(), await shop.buy()];
    await shop.fault({ call: 'confirm', kind: 'approve-then-timeout' });
    const silent = shop.confirm(one).catch(() => 'cut');
    await until(
      async () => (await shop.get(`/v1/payments/${one.paymentKey}`)).body['status'] === 'DONE',
      'approval',
    );
    await shop.fault({ call: 'confirm', kind: 'slow' });
    const slow = shop.confirm(other).then(
      ({ status }) => status,
      () => 'cut',
    );
    context.after(async () => {
      assert.equal(await silent, 'cut');
      assert.equal(await slow, 200);
    });
  });
});
