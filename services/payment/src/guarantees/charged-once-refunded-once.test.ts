import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { confirmPayment } from '../payments/confirm-payment.ts';
import { startPayment } from '../payments/start-payment.ts';
import { auditMoney } from './audit-money.ts';
import { openProcess } from './crash.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let process: ReturnType<typeof openProcess>;
before(async () => {
  stage = await openStage();
  process = openProcess(stage);
});
after(async () => {
  await process.close();
  await stage.close();
});

async function startTimes(times: number) {
  const accountId = randomUUID();
  const reservationId = stage.tickets.reserve(accountId, [80_000]);
  const command = { accountId, reservationId, acceptEqualSeats: false, language: 'ko' as const };
  const opened = await Promise.all(Array.from({ length: times }, () => startPayment(process.deps, command)));
  return {
    accountId,
    reservationId,
    orders: [...new Map(opened.map((order) => [order.orderId, order])).values()],
  };
}

async function payAll({ accountId, orders }: Awaited<ReturnType<typeof startTimes>>) {
  for (const { orderId, amount } of orders) {
    const paymentKey = await stage.provider.authenticate({ orderId, amount });
    await confirmPayment(process.deps, { accountId, paymentKey, orderId, amount }).catch(() => undefined);
  }
  await process.deps.background.drained();
}

test('however often a payment is started, one order can take money', async () => {
  const started = await startTimes(10);
  assert.equal(started.orders.length, 1);
  await payAll(started);
  assert.deepEqual(await auditMoney(stage), []);
});

test('confirmed from ten tabs at once, the order is charged once', async () => {
  const { accountId, orders } = await startTimes(1);
  const [order] = orders;
  assert.ok(order !== undefined);
  const { orderId, amount } = order;
  const paymentKey = await stage.provider.authenticate({ orderId, amount });
  const command = { accountId, paymentKey, orderId, amount };
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => confirmPayment(process.deps, command)));
  assert.ok(outcomes.every(({ state }) => state === 'confirmed' || state === 'checking'));
  assert.equal((await stage.provider.paymentsOf(orderId))[0]?.approvals, 1);
  assert.deepEqual(await auditMoney(stage), []);
});

test('a look that meets the buyer’s return does not put the confirmation off', async () => {
  const { accountId, orders } = await startTimes(1);
  const stale = await process.deps.attempts.findByOrder(orders[0]?.orderId ?? '');
  assert.ok(stale?.state === 'created');
  const { orderId, amount } = stale;
  const begin = { orderId, accountId, amount, paymentKey: 'pk', holdLeftMs: 0, checkAfterMs: 50 };
  assert.ok((await process.deps.attempts.beginConfirm(begin)) !== undefined);
  await process.deps.attempts.checkAgainIn(stale, 2_400_000);
  await sleep(80);
  assert.deepEqual(
    (await process.deps.attempts.takeDue(100, 10)).map(({ id }) => id),
    [stale.id],
  );
  await stage.query(`DELETE FROM payment_attempts WHERE id = $1`, [stale.id]);
});

test('a cancel that arrives twice under different keys gives the money back once', async () => {
  const started = await startTimes(1);
  await payAll(started);
  const attempt = await process.deps.attempts.findByOrder(started.orders[0]?.orderId ?? '');
  const paymentKey = attempt?.paymentKey ?? '';
  const cancel = { paymentKey, reason: 'twice', amount: 10_000, balanceBefore: 80_000 };
  const { provider } = process.deps;
  assert.equal((await provider.cancel({ ...cancel, idempotencyKey: randomUUID() })).kind, 'payment');
  await sleep(1_050);
  const second = await provider.cancel({ ...cancel, idempotencyKey: randomUUID() });
  assert.ok(second.kind === 'refused' && second.code === 'NOT_MATCHES_REFUNDABLE_AMOUNT');
  await sleep(1_050);
  // Control: without the expected balance the same cancel passes again.
  const { balanceBefore: _expected, ...unguarded } = cancel;
  const third = await provider.cancel({ ...unguarded, idempotencyKey: randomUUID() });
  assert.ok(third.kind === 'payment' && third.payment.balanceAmount === 60_000);
  await sleep(1_050);
  await provider.cancel({ paymentKey, reason: 'rest', idempotencyKey: randomUUID() });
});

test('control: without the index of open attempts one reservation is paid several times', async () => {
  await stage.query(`DROP INDEX payment_attempts_one_open`);
  const accountId = randomUUID();
  const reservationId = stage.tickets.reserve(accountId, [80_000]);
  const orders = [];
  for (let times = 0; times < 2; times += 1) {
    const id = randomUUID();
    await stage.query(
      `INSERT INTO payment_attempts (id, order_id, reservation_id, event_id, account_id, amount, order_name, accept_equal_seats,
         hold_expires_at, confirm_key, changed_by) VALUES ($1::uuid, $2, $3, gen_random_uuid(), $4, 80000, 'x', false, now() + interval '9 minutes', $2, 'test')`,
      [id, `urr_${id}`, reservationId, accountId],
    );
    orders.push({ orderId: `urr_${id}`, amount: 80_000 });
  }
  let charged = 0;
  for (const { orderId, amount } of orders) {
    const paymentKey = await stage.provider.authenticate({ orderId, amount });
    await confirmPayment(process.deps, { accountId, paymentKey, orderId, amount });
    charged += (await stage.provider.paymentsOf(orderId))[0]?.approvals ?? 0;
  }
  assert.equal(charged, 2);
});
