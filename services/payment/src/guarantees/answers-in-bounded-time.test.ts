import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkoutMeasured, type DomainEventData } from '@urr/contracts/domain-events.ts';
import { auditMoney } from './audit-money.ts';
import { openStage, type RunningService, type Stage, startService, until } from './stage.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  stage = await openStage({
    CONFIRM_ANSWER_DEADLINE_MS: '300',
    TOSS_READ_TIMEOUT_MS: '5000',
    CHECKOUT_MEASURE_INTERVAL_MS: '300',
    RECONCILE_AFTER_MS: '20000',
  });
  service = await startService(stage);
});
after(async () => {
  await service.close();
  await stage.close();
});

test('a provider that takes its time costs the buyer a short wait; the payment goes on and the buyer reads its end', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  await stage.provider.fault('confirm', 'slow', { delayMs: 1_200, orderId: order.orderId });
  const startedAt = performance.now();
  const answer = await buyer.confirm(order);
  const waitedMs = performance.now() - startedAt;
  assert.ok(answer.ok && answer.body.state === 'checking');
  assert.ok(waitedMs < 1_000, `${waitedMs} ms`);
  const again = await buyer.confirm(order);
  assert.ok(again.ok && again.body.state === 'checking');
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'confirmed',
  );
  assert.deepEqual(await auditMoney(stage), []);
});

test('while a payment is checked, another for the same reservation is refused', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { paymentId, order } = await buyer.authenticate(reservationId);
  await stage.provider.fault('confirm', 'slow', { delayMs: 900, orderId: order.orderId });
  await buyer.confirm(order);
  await assert.rejects(buyer.start(reservationId), /payment-in-progress/);
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'confirmed',
  );
});

test('checkout is measured per event and announced through the outbox', async () => {
  const heard: DomainEventData<typeof checkoutMeasured>[] = [];
  service.bus.subscribe({
    consumer: 'queue-service',
    topic: 'payment-events',
    handle: async (envelope) => {
      if (envelope.type === checkoutMeasured.type) heard.push(envelope.data as (typeof heard)[number]);
    },
    deadLetters: { bury: async () => undefined, replayRequested: async () => 0 },
  });
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  await stage.provider.fault('confirm', 'error-before-commit', { orderId: order.orderId });
  await buyer.confirm(order);
  const { eventId } = await buyer.read(paymentId);
  await until(
    async () => heard.filter((measured) => measured.eventId === eventId),
    ({ length }) => length > 0,
  );
  const measured = heard.filter((one) => one.eventId === eventId);
  assert.equal(
    measured.reduce((sum, one) => sum + one.confirmations, 0),
    2,
  );
  assert.equal(
    measured.reduce((sum, one) => sum + one.failures, 0),
    1,
  );
});

test('the metrics show what must be 0 in a healthy run', async () => {
  const { body } = await service.app.inject({ method: 'GET', url: '/metrics' });
  const lines = body
    .split('\n')
    .filter((line) => line.startsWith('payment_'))
    .join('\n');
  assert.match(lines, /payment_paid_without_ticket\{[^}]*\} 0/);
  assert.match(lines, /payment_lost_hold_refunds_total\{[^}]*\} 0/);
  assert.match(lines, /payment_attempts_unsettled\{state="unknown"[^}]*\} 0/);
  assert.match(lines, /payment_provider_seconds_bucket\{.*call="confirm"/);
});
