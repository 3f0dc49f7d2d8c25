import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clientKey, newOrderId, startSimulator } from './test-simulator.ts';

const paths = [
  '/v1/payments/confirm',
  '/v1/payments/unknown/cancel',
  '/v1/virtual-accounts',
  '/v1/simulator/payments',
  '/v1/simulator/payments/unknown',
  '/v1/simulator/faults',
  '/v1/simulator/clock',
  '/v1/simulator/webhooks',
];
const bodies = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '12',
  '{}',
  '{"__proto__":{"amount":1}}',
  '{"paymentKey":{},"orderId":[],"amount":"1"}',
  '{"cancelReason":"","cancelAmount":-1}',
  '{"cancelReason":"x","cancelAmount":1e999}',
  '{"advanceMs":9e15}',
  '{"url":"http://[","call":1}',
  `{"cancelReason":"${'x'.repeat(201)}"}`,
  '\u0000',
];

it('bad bodies get a provider’s refusal, never a 500', async (context) => {
  const shop = await startSimulator(context);
  for (const path of paths) {
    for (const body of bodies) {
      const { body: answer, status } = await shop.post(path, body);
      const harmless = path === '/v1/simulator/webhooks' && status === 200;
      assert.ok(harmless || (status >= 400 && status < 500), `${path} ${body} gave ${status}`);
      if (!harmless) assert.deepEqual(Object.keys(answer), ['code', 'message']);
    }
  }
});

it('a body that is not declared as JSON is refused', async (context) => {
  const shop = await startSimulator(context);
  const payment = await shop.buy();
  const { status } = await shop.confirm(payment, { headers: { 'content-type': 'text/plain' } });
  assert.equal(status, 400);
});

it('a body over 64 KiB is refused', async (context) => {
  const shop = await startSimulator(context);
  const { body, status } = await shop.confirm(`{"x":"${'x'.repeat(65_536)}"}`);
  assert.deepEqual([status, body['code']], [413, 'PAYLOAD_TOO_LARGE']);
});

it('unknown routes and badly encoded addresses are not found or bad requests', async (context) => {
  const shop = await startSimulator(context);
  assert.deepEqual((await shop.get('/v1/nothing')).body['code'], 'NOT_FOUND');
  assert.equal((await shop.get('/v1/payments/%E0%A4%A')).status, 400);
  assert.equal((await shop.get(`/v1/payments/${'k'.repeat(300)}`)).status, 400);
  assert.equal((await shop.call('DELETE', '/v1/payments/confirm', undefined)).status, 404);
});

it('health answers', async (context) => {
  const shop = await startSimulator(context);
  assert.deepEqual((await shop.get('/health')).body, { status: 'ok' });
});

it('memory is bounded: beyond the limit no payment is opened', async (context) => {
  const shop = await startSimulator(context, { SIMULATOR_MAX_PAYMENTS: '1' });
  await shop.buy();
  const request = { clientKey, orderId: newOrderId(), amount: 1000, orderName: 'x', action: 'approve' };
  assert.equal((await shop.post('/v1/simulator/payments', request)).status, 429);
});
