import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import {
  type DomainEventData,
  type DomainEventEnvelope,
  refundOrdered,
} from '@urr/contracts/domain-events.ts';
import type { Deps } from '../deps.ts';
import { confirmPayment } from '../payments/confirm-payment.ts';
import { followReservation } from '../payments/follow-reservation.ts';
import { carryOutRefund } from '../refunds/carry-out-refund.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { auditMoney, ledgerIsExact } from './audit-money.ts';
import { dyingDeps, healByReconcilerAlone, openProcess } from './crash.ts';
import { openOrder, openStage, type Order, type Stage } from './stage.ts';

let stage: Stage;
let healer: ReturnType<typeof openProcess>;
before(async () => {
  stage = await openStage({
    TOSS_READ_TIMEOUT_MS: '250',
    CANCEL_SPACING_MS: '100',
    MAX_CALLS_IN_FLIGHT: '1000',
  });
  healer = openProcess(stage);
});
afterEach(async () => {
  await stage.provider.clearFaults();
  await healByReconcilerAlone(stage, healer.deps);
  await tellTickets();
});
after(async () => {
  await healer.close();
  await stage.close();
});

type Paid = Order;

async function buy(): Promise<Paid> {
  const order = await openOrder(stage, healer.deps);
  await confirmPayment(healer.deps, order);
  return order;
}

async function buyMany(count: number): Promise<Paid[]> {
  const paid: Paid[] = [];
  for (let bought = 0; bought < count; bought += 10)
    paid.push(...(await Promise.all(Array.from({ length: Math.min(10, count - bought) }, () => buy()))));
  return paid;
}

const envelopeOf = (data: DomainEventData<typeof refundOrdered>): DomainEventEnvelope => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/ticket-service',
  type: refundOrdered.type,
  subject: data.reservationId,
  time: new Date().toISOString(),
  data,
});

/** ticket-service's sweep over the cancelled event: the order of one reservation. */
function recall({ reservationId }: Pick<Paid, 'reservationId'>): DomainEventEnvelope | undefined {
  const order = stage.tickets.recall(reservationId);
  return order && envelopeOf(order);
}

/** Hands what payment announced to ticket-service, as its relay would, and once more. */
async function tellTickets(): Promise<void> {
  const rows = await stage.query(
    `SELECT type, data FROM outbox WHERE type LIKE 'urr.payment.refund%' ORDER BY position`,
  );
  for (const { type, data } of rows)
    stage.tickets.digest({ ...envelopeOf(data as never), type: String(type) });
}

const giveBack = (deps: Deps, paid: Paid, ticketIds: string[] | null) =>
  requestRefund(deps, { accountId: paid.accountId, paymentId: paid.paymentId, ticketIds }).catch(
    () => undefined,
  );

/** Everything of these orders is back, once: money at the provider, tickets, ledger, one announcement a refund. */
async function assertAllBack(orders: readonly Paid[], message = ''): Promise<void> {
  assert.deepEqual(await auditMoney(stage), [], message);
  await tellTickets();
  for (const { reservationId } of orders) {
    assert.equal(stage.tickets.ticketsOf(reservationId, 'returned').length, 2, message);
  }
  const ids = orders.map(({ paymentId }) => paymentId);
  const rows = await stage.query(
    `SELECT (SELECT count(*) FROM payment_attempts WHERE id = ANY($1::uuid[]) AND state = 'refunded')::int AS refunded,
      (SELECT coalesce(sum(amount), 0) FROM refunds WHERE payment_id = ANY($1::uuid[]) AND state = 'done')::int AS won,
      (SELECT count(*) FROM refunds WHERE payment_id = ANY($1::uuid[]) AND state = 'done')::int AS done,
      (SELECT count(*) FROM outbox WHERE type = 'urr.payment.refunded.v1' AND data->>'paymentId' = ANY($2::text[]))::int AS told`,
    [ids, ids],
  );
  const [seen] = rows;
  assert.deepEqual([seen?.['refunded'], seen?.['won']], [orders.length, orders.length * 80_000], message);
  assert.equal(seen?.['told'], seen?.['done'], message);
}

test('500 sold tickets are given back through every fault of the provider, whatever their buyers do meanwhile', async () => {
  const orders = await buyMany(250);
  const kinds = [
    'approve-then-timeout',
    'error-before-commit',
    'error-after-commit',
    'reset-before-commit',
    'reset-after-commit',
  ];
  for (const kind of [...kinds, 'rate-limited', 'consecutive-request'])
    await stage.provider.fault('cancel', kind, { count: 20, probability: 0.5 });
  for (const kind of ['error-before-commit', 'reset-before-commit', 'rate-limited'])
    await stage.provider.fault('get', kind, { count: 20, probability: 0.5 });
  const own: Promise<unknown>[] = [];
  for (const [index, paid] of orders.entries()) {
    const first = stage.tickets.ticketsOf(paid.reservationId).slice(0, 1);
    if (index % 5 === 0) own.push(giveBack(healer.deps, paid, first));
    if (index % 10 === 1) own.push(giveBack(healer.deps, paid, null));
    if (index % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const order = recall(paid);
    if (order === undefined) continue;
    await Promise.all([followReservation(healer.deps, order), followReservation(healer.deps, order)]);
  }
  await Promise.all(own);
  await Promise.all(Array.from({ length: 3 }, () => healByReconcilerAlone(stage, healer.deps, 60_000)));
  await recallLeft(orders);
  await assertAllBack(orders);
  assert.ok(await ledgerIsExact({ ledger: healer.ledger, provider: healer.deps.provider }));
});

// A buyer's own refund that was refused leaves its tickets valid: the next look of ticket-service's sweep orders them.
async function recallLeft(orders: readonly Paid[]): Promise<void> {
  await tellTickets();
  for (const order of orders.map(recall))
    if (order !== undefined) await followReservation(healer.deps, order);
  await healByReconcilerAlone(stage, healer.deps, 30_000);
}

test('a crash between any two steps is healed by the reconciler alone, and the money goes back once', async () => {
  let boundaries = 0;
  for (let isDead = true; isDead; boundaries += 1) {
    const paid = await buy();
    const order = recall(paid);
    assert.ok(order !== undefined);
    const mortal = dyingDeps(healer.deps, boundaries);
    const { refundId } = order.data as DomainEventData<typeof refundOrdered>;
    const work = async () => {
      await followReservation(mortal.deps, order);
      const refund = await healer.deps.refunds.findById(refundId);
      assert.ok(refund !== undefined);
      await carryOutRefund(mortal.deps, refund);
    };
    await work().catch(() => undefined);
    isDead = mortal.isDead();
    // What the dead process had not digested is delivered again.
    await followReservation(healer.deps, order);
    await healByReconcilerAlone(stage, healer.deps);
    await assertAllBack([paid], `after a crash at boundary ${boundaries}`);
  }
  assert.ok(boundaries >= 12, `${boundaries} boundaries`);
});

test('an order that meets the buyer’s own refund waits for its end, then gives back the rest', async () => {
  const paid = await buy();
  const [first = ''] = stage.tickets.ticketsOf(paid.reservationId);
  await stage.provider.fault('cancel', 'reset-before-commit', { orderId: paid.orderId, count: 3 });
  await giveBack(healer.deps, paid, [first]);
  const order = recall(paid);
  assert.ok(order !== undefined);
  await followReservation(healer.deps, order);
  const { refundId } = order.data as DomainEventData<typeof refundOrdered>;
  const waiting = await healer.deps.refunds.findById(refundId);
  assert.ok(waiting !== undefined);
  assert.equal((await carryOutRefund(healer.deps, waiting)).state, 'waiting');
  await healByReconcilerAlone(stage, healer.deps);
  await assertAllBack([paid]);
  const refunds = await healer.deps.refunds.listOf([paid.paymentId]);
  assert.deepEqual(refunds.map(({ reason }) => reason).sort(), ['buyer', 'event-cancelled']);
});

test('an order that overtakes the news of its tickets waits for them', async () => {
  const paid = await buy();
  await stage.query(`ALTER TABLE payment_attempts DISABLE TRIGGER USER`);
  await stage.query(`UPDATE payment_attempts SET state = 'captured', next_check_at = NULL WHERE id = $1`, [
    paid.paymentId,
  ]);
  await stage.query(`ALTER TABLE payment_attempts ENABLE TRIGGER USER`);
  const order = recall(paid);
  assert.ok(order !== undefined);
  await followReservation(healer.deps, order);
  const { refundId } = order.data as DomainEventData<typeof refundOrdered>;
  const waiting = await healer.deps.refunds.findById(refundId);
  assert.ok(waiting !== undefined);
  assert.equal((await carryOutRefund(healer.deps, waiting)).state, 'waiting');
  await stage.query(`UPDATE payment_attempts SET state = 'fulfilled' WHERE id = $1`, [paid.paymentId]);
  await healByReconcilerAlone(stage, healer.deps);
  await assertAllBack([paid]);
});

test('a refusal of the provider is not the end of it', async () => {
  const paid = await buy();
  await stage.provider.fault('cancel', 'error-before-commit', {
    code: 'EXCEED_MAX_REFUND_DUE',
    orderId: paid.orderId,
  });
  const order = recall(paid);
  assert.ok(order !== undefined);
  await followReservation(healer.deps, order);
  await healByReconcilerAlone(stage, healer.deps);
  await assertAllBack([paid]);
});

test('an order for a payment nobody knows is not swallowed', async () => {
  const facts = {
    reservationId: randomUUID(),
    eventId: randomUUID(),
    accountId: randomUUID(),
    paymentId: randomUUID(),
    title: { ko: '', en: '' },
  };
  const order = envelopeOf({ ...facts, refundId: randomUUID(), ticketIds: [randomUUID()], amount: 1_000 });
  await assert.rejects(followReservation(healer.deps, order), /is not known/);
});

test('refunds of a cancelled event leave payments half of the reconciler’s room', async () => {
  const { createReconciler } = await import('../reconciler/reconciler.ts');
  const asked: [string, number][] = [];
  const many = Array.from({ length: 100 }, () => ({}) as never);
  const note =
    <Row>(kind: string, rows: Row[]) =>
    async (_leaseMs: number, limit: number) => {
      asked.push([kind, limit]);
      return rows.slice(0, limit);
    };
  const { deps } = healer;
  const forever = () => new Promise<never>(() => undefined);
  const reconciler = createReconciler(
    {
      ...deps,
      refunds: { ...deps.refunds, takeDue: note('refunds', many) },
      attempts: { ...deps.attempts, takeDue: note('attempts', many) },
    },
    { intervalMs: 10, concurrency: 8, resolveAttempt: forever, carryOutRefund: forever },
  );
  assert.equal(await reconciler.tick(), 8);
  assert.deepEqual(asked, [
    ['attempts', 4],
    ['refunds', 4],
  ]);
});

test('control: without the reconciler an ordered refund leaves the money with us', async () => {
  const paid = await buy();
  const order = recall(paid);
  assert.ok(order !== undefined);
  await followReservation(healer.deps, order);
  assert.equal((await stage.provider.paymentsOf(paid.orderId))[0]?.balanceAmount, 80_000);
  assert.equal(stage.tickets.ticketsOf(paid.reservationId, 'returning').length, 2);
});

test('control: an order made as a buyer’s request is forgotten when it meets another refund', async () => {
  const paid = await buy();
  const [first = '', second = ''] = stage.tickets.ticketsOf(paid.reservationId);
  await stage.provider.fault('cancel', 'reset-before-commit', { orderId: paid.orderId });
  await giveBack(healer.deps, paid, [first]);
  const { accountId, paymentId } = paid;
  const isWritten = await healer.deps.refunds.request(
    { id: randomUUID(), accountId, paymentId, ticketIds: [second] },
    0,
  );
  assert.equal(isWritten, false);
  await healByReconcilerAlone(stage, healer.deps);
  assert.equal((await stage.provider.paymentsOf(paid.orderId))[0]?.balanceAmount, 30_000);
  // Made good: the waiting order gives the rest back.
  const order = recall(paid);
  assert.ok(order !== undefined);
  await followReservation(healer.deps, order);
});
