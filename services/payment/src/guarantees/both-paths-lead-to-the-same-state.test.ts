import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { reservationConfirmed, reservationEnded, reservationLost } from '@urr/contracts/domain-events.ts';
import { auditMoney } from './audit-money.ts';
import { openStage, type RunningService, type Stage, startService, until } from './stage.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  // Neither the fast path nor the reconciler may help: only events arrive.
  stage = await openStage({ RECONCILE_AFTER_MS: '600000', TICKET_CALL_DEADLINE_MS: '300' });
  service = await startService(stage);
});
after(async () => {
  await service.close();
  await stage.close();
});

const publish = (type: string, data: object) =>
  service.bus.publish('reservation-events', [
    {
      specversion: '1.0',
      id: randomUUID(),
      source: '/ticket-service',
      type,
      subject: 'x',
      time: new Date().toISOString(),
      data,
    },
  ]);

async function captureWithoutAnswer() {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { paymentId, order } = await buyer.authenticate(reservationId);
  stage.tickets.setMood('mute');
  const answer = await buyer.confirm(order);
  stage.tickets.setMood('well');
  assert.ok(answer.ok && answer.body.state === 'checking');
  return { buyer, reservationId, paymentId };
}

test('the event alone, repeated, brings a paid order to its tickets', async () => {
  const { buyer, reservationId, paymentId } = await captureWithoutAnswer();
  const ticketIds = stage.tickets.ticketsOf(reservationId);
  const facts = { paymentId, reservationId, ticketIds };
  for (let times = 0; times < 3; times += 1) await publish(reservationConfirmed.type, facts);
  const view = await buyer.read(paymentId);
  assert.deepEqual([view.state, view.ticketIds], ['confirmed', ticketIds]);
  const entries = await stage.query(`SELECT kind FROM ledger_entries WHERE payment_id = $1 ORDER BY id`, [
    paymentId,
  ]);
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['capture', 'fulfilment'],
  );
  assert.deepEqual(await auditMoney(stage), []);
});

test('the event of a lost reservation alone brings the money back', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { paymentId, order } = await buyer.authenticate(reservationId);
  stage.tickets.loseHold(reservationId);
  stage.tickets.setMood('deaf');
  await buyer.confirm(order);
  stage.tickets.setMood('well');
  for (let times = 0; times < 2; times += 1)
    await publish(reservationLost.type, { paymentId, reservationId });
  const view = await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'refunded',
  );
  assert.deepEqual(
    [view.refundedAmount, view.refunds.length, view.refunds[0]?.reason],
    [80_000, 1, 'lost-hold'],
  );
  assert.deepEqual(await auditMoney(stage), []);
});

test('a captured payment is announced once, and so is its refund', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  await Promise.all([buyer.confirm(order), buyer.confirm(order), buyer.confirm(order)]);
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'confirmed',
  );
  await buyer.refund(paymentId);
  const rows = await stage.query(
    `SELECT type, subject FROM outbox WHERE data->>'paymentId' = $1 ORDER BY position`,
    [paymentId],
  );
  assert.deepEqual(
    rows.map(({ type }) => type),
    ['urr.payment.captured.v1', 'urr.payment.refunded.v1'],
  );
  const { reservationId } = await buyer.read(paymentId);
  assert.ok(rows.every(({ subject }) => subject === reservationId));
});

test('a reservation that ended takes its open payment with it', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { paymentId, order } = await buyer.authenticate(reservationId);
  await publish(reservationEnded.type, { reservationId, reason: 'cancelled' });
  assert.equal((await buyer.read(paymentId)).state, 'expired');
  const refusal = await buyer.confirm(order);
  assert.ok(!refusal.ok && refusal.problem.code === 'payment-over');
});
