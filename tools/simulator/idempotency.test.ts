import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiClientKey, apiSecretKey, startSimulator } from './test-simulator.ts';

const dayMs = 24 * 60 * 60 * 1000;
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('idempotency key', () => {
  it('replays the first answer, byte for byte, though the payment has moved on', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    const first = await shop.confirm(payment, keyed('k-1'));
    await shop.cancel(payment.paymentKey);
    const second = await shop.confirm(payment, keyed('k-1'));
    assert.equal(second.status, 200);
    assert.deepEqual(second.body, first.body);
  });

  it('ignores the body: a key reused for another payment replays the first answer', async (context) => {
    const shop = await startSimulator(context);
    const [one, other] = [await shop.buy(), await shop.buy()];
    await shop.confirm(one, keyed('k-1'));
    const { body } = await shop.confirm(other, keyed('k-1'));
    assert.equal(body['paymentKey'], one.paymentKey);
    assert.equal((await shop.get(`/v1/payments/${other.paymentKey}`)).body['status'], 'IN_PROGRESS');
  });

  it('replays an error too, even after its cause is gone', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    const wrong = await shop.confirm({ ...payment, amount: 1 }, keyed('k-1'));
    assert.equal(wrong.status, 400);
    const right = await shop.confirm(payment, keyed('k-1'));
    assert.deepEqual([right.status, right.body], [wrong.status, wrong.body]);
    assert.equal((await shop.confirm('{not json', keyed('k-2'))).status, 400);
    assert.equal((await shop.confirm(payment, keyed('k-2'))).status, 400);
    assert.equal((await shop.confirm(payment, keyed('k-3'))).status, 200);
  });

  it('is scoped to API key and URL, and ignored on GET', async (context) => {
    const shop = await startSimulator(context);
    const one = await shop.buy();
    const other = await shop.buy({ clientKey: apiClientKey });
    await shop.confirm(one, keyed('k-1'));
    const elsewhere = await shop.confirm(other, { ...keyed('k-1'), secret: apiSecretKey });
    assert.equal(elsewhere.body['paymentKey'], other.paymentKey);
    assert.equal((await shop.cancel(one.paymentKey, {}, keyed('k-1'))).body['status'], 'CANCELED');
    assert.equal((await shop.get(`/v1/payments/${one.paymentKey}`, keyed('k-9'))).status, 200);
    assert.equal((await shop.get(`/v1/payments/${other.paymentKey}`, keyed('k-9'))).status, 404);
  });

  it('still in flight answers 409, then the first answer', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.fault({ call: 'confirm', kind: 'slow', delayMs: 200 });
    const first = shop.confirm(payment, keyed('k-1'));
    await sleep(50);
    const second = await shop.confirm(payment, keyed('k-1'));
    assert.deepEqual([second.status, second.body['code']], [409, 'IDEMPOTENT_REQUEST_PROCESSING']);
    assert.equal((await first).status, 200);
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 200);
  });

  it('may have 300 characters and no more', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    const long = await shop.confirm(payment, keyed('k'.repeat(301)));
    assert.deepEqual([long.status, long.body['code']], [400, 'INVALID_IDEMPOTENCY_KEY']);
    assert.equal((await shop.confirm(payment, keyed('k'.repeat(300)))).status, 200);
  });

  it('is forgotten after 15 days', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.confirm(payment, keyed('k-1'));
    await shop.advance(15 * dayMs - 60_000);
    assert.equal((await shop.confirm(payment, keyed('k-1'))).status, 200);
    await shop.advance(60_000);
    assert.equal((await shop.confirm(payment, keyed('k-1'))).body['code'], 'ALREADY_PROCESSED_PAYMENT');
  });
});
