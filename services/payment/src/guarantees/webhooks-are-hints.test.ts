import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditMoney } from './audit-money.ts';
import { openStage, type RunningService, type Stage, startService, until } from './stage.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  // Attempts are looked at late by themselves: what moves them here is a webhook.
  stage = await openStage({
    RECONCILE_AFTER_MS: '600000',
    TOSS_READ_TIMEOUT_MS: '300',
    CONFIRM_ANSWER_DEADLINE_MS: '2000',
  });
  service = await startService(stage);
  await stage.provider.send('POST', 'webhooks', { url: `${service.baseUrl}/api/v1/payments/webhooks/toss` });
});
beforeEach(() => stage.provider.clearFaults());
after(async () => {
  await service.close();
  await stage.close();
});

const post = (body: object, headers: Record<string, string> = {}) =>
  service.app.inject({ method: 'POST', url: '/api/v1/payments/webhooks/toss', payload: body, headers });

/** A payment whose confirm and first look-up both failed. */
async function leaveInDoubt() {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  const { orderId } = order;
  await stage.provider.fault('confirm', 'approve-then-timeout', { orderId });
  await stage.provider.fault('get', 'rate-limited', { orderId });
  return { buyer, paymentId, order };
}

test('a payment in doubt is settled by the webhook, though it comes twice', async () => {
  const { buyer, paymentId, order } = await leaveInDoubt();
  await stage.provider.fault('webhook', 'duplicate', { orderId: order.orderId });
  const answer = await buyer.confirm(order);
  assert.ok(answer.ok && answer.body.state === 'checking', JSON.stringify(answer));
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'confirmed',
  );
  const rows = await stage.query(`SELECT transmission_id FROM webhook_deliveries WHERE order_id = $1`, [
    order.orderId,
  ]);
  assert.equal(rows.length, 1);
  assert.deepEqual(await auditMoney(stage), []);
});

test('DONE followed by ABORTED for the same payment does not take the tickets away', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  await stage.provider.fault('webhook', 'done-then-aborted', { orderId: order.orderId });
  const answer = await buyer.confirm(order);
  assert.ok(answer.ok && answer.body.state === 'confirmed');
  await sleep(400);
  assert.equal((await buyer.read(paymentId)).state, 'confirmed');
  assert.deepEqual(await auditMoney(stage), []);
});

test('a forged webhook moves nothing: the provider is asked', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  const forged = {
    eventType: 'PAYMENT_STATUS_CHANGED',
    data: { orderId: order.orderId, status: 'DONE', paymentKey: order.paymentKey },
  };
  const answer = await post(forged, { 'tosspayments-webhook-transmission-id': randomUUID() });
  assert.equal(answer.statusCode, 200);
  await sleep(1_300);
  assert.equal((await buyer.read(paymentId)).state, 'open');
  const confirmed = await buyer.confirm(order);
  assert.ok(confirmed.ok && confirmed.body.state === 'confirmed');
});

test('control: a service that believed the webhook would issue tickets for no money', async () => {
  const buyer = service.buyer();
  const { order } = await buyer.authenticate(buyer.reserve());
  const [payment] = await stage.provider.paymentsOf(order.orderId);
  assert.deepEqual([payment?.status, payment?.approvals], ['IN_PROGRESS', 0]);
});

test('what is not understood is answered at once and changes nothing', async () => {
  const bodies = [
    {},
    { eventType: 'BILLING_DELETED', data: {} },
    { eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId: 'urr_unknown_order' } },
    { createdAt: 'x', secret: 'ps_guess', status: 'DONE', transactionKey: 't', orderId: 'urr_unknown_order' },
    { eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId: '\u0000' } },
  ];
  for (const body of bodies) assert.equal((await post(body)).statusCode, 200, JSON.stringify(body));
  assert.equal((await post({ orderId: 7 })).statusCode, 422);
});

test('a deposit callback counts only with the secret of its payment', async () => {
  const buyer = service.buyer();
  const { order } = await buyer.authenticate(buyer.reserve(), 'approve-by-virtual-account');
  await buyer.confirm(order);
  const [row] = await stage.query(`SELECT deposit_secret FROM payment_attempts WHERE order_id = $1`, [
    order.orderId,
  ]);
  const deliveries = async () =>
    (
      await stage.query(
        `SELECT 1 FROM webhook_deliveries WHERE order_id = $1 AND transmission_id LIKE 'deposit-%'`,
        [order.orderId],
      )
    ).length;
  const callback = { createdAt: 'x', status: 'DONE', transactionKey: 't', orderId: order.orderId };
  await post({ ...callback, secret: 'ps_guess' }, { 'tosspayments-webhook-transmission-id': 'deposit-1' });
  assert.equal(await deliveries(), 0);
  await post(
    { ...callback, secret: String(row?.['deposit_secret']) },
    { 'tosspayments-webhook-transmission-id': 'deposit-2' },
  );
  assert.equal(await deliveries(), 1);
});

test('one order cannot fill the table of deliveries', async () => {
  const buyer = service.buyer();
  const { order } = await buyer.authenticate(buyer.reserve());
  const hint = { eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId: order.orderId } };
  for (let index = 0; index < 60; index += 1) await post(hint);
  const rows = await stage.query(`SELECT 1 FROM webhook_deliveries WHERE order_id = $1`, [order.orderId]);
  assert.equal(rows.length, 50);
});
