import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as contract from '@urr/contracts/payment.ts';
import { auditMoney } from '../guarantees/audit-money.ts';
import { openStage, type RunningService, type Stage, startService, until } from '../guarantees/stage.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  stage = await openStage({ CANCEL_SPACING_MS: '1100', CONFIRM_ANSWER_DEADLINE_MS: '4000' });
  service = await startService(stage);
});
after(async () => {
  await service.close();
  await stage.close();
});

type Buyer = ReturnType<RunningService['buyer']>;

async function paid(buyer: Buyer, prices?: number[]) {
  const reservationId = buyer.reserve(prices);
  const { paymentId, order } = await buyer.authenticate(reservationId);
  const confirmed = await buyer.confirm(order);
  assert.ok(confirmed.ok && confirmed.body.state === 'confirmed');
  return { paymentId, reservationId, order, ticketIds: confirmed.body.ticketIds };
}

const quote = (buyer: Buyer, paymentId: string, ticketIds?: string[]) =>
  service.call(contract.quoteRefund, buyer.accountId, {
    params: { paymentId },
    query: ticketIds === undefined ? {} : { ticketIds: ticketIds.join(',') },
  });

test('the amount is shown before, then given back ticket by ticket; cancels of one payment keep their distance', async () => {
  const buyer = service.buyer();
  const { paymentId, reservationId, ticketIds, order } = await paid(buyer, [50_000, 30_000]);
  const [first = '', second = ''] = ticketIds;
  const shown = await quote(buyer, paymentId, [second]);
  assert.ok(shown.ok && shown.body.amount === 30_000);
  const one = await buyer.refund(paymentId, [second]);
  assert.ok(one.ok, JSON.stringify(one));
  assert.deepEqual([one.body.state, one.body.amount, one.body.ticketIds], ['refunded', 30_000, [second]]);
  const rest = await buyer.refund(paymentId);
  assert.ok(rest.ok && rest.body.state === 'refunded' && rest.body.amount === 50_000, JSON.stringify(rest));
  const view = await buyer.read(paymentId);
  assert.deepEqual([view.state, view.refundedAmount, view.refunds.length], ['refunded', 80_000, 2]);
  await until(
    async () => stage.tickets.ticketsOf(reservationId, 'returned'),
    ({ length }) => length === 2,
  );
  assert.ok(first !== '');
  assert.equal((await stage.provider.paymentsOf(order.orderId))[0]?.balanceAmount, 0);
  assert.deepEqual(await auditMoney(stage), []);
});

test('refunds asked for at the same time never give back more than was paid', async () => {
  const buyer = service.buyer();
  const { paymentId, ticketIds } = await paid(buyer, [10_000, 10_000, 10_000]);
  const answers = await Promise.all([
    buyer.refund(paymentId),
    buyer.refund(paymentId),
    ...ticketIds.map((ticketId) => buyer.refund(paymentId, [ticketId])),
  ]);
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code]));
  for (const code of refused)
    assert.ok(['refund-in-progress', 'ticket-not-returnable', 'not-refundable'].includes(code), code);
  const view = await until(
    () => buyer.read(paymentId),
    ({ refunds }) => refunds.every(({ state }) => state !== 'checking'),
  );
  const given = view.refunds.filter(({ state }) => state === 'refunded');
  assert.equal(
    given.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    view.refundedAmount,
  );
  assert.ok(view.refundedAmount <= 30_000);
  assert.deepEqual(await auditMoney(stage), []);
});

test('more than is left cannot be refunded even where ticket-service asks for it', async () => {
  const buyer = service.buyer();
  const { paymentId } = await paid(buyer);
  const { query } = stage;
  const id = randomUUID();
  await query(
    `INSERT INTO refunds (id, payment_id, reason, state, cancel_key, changed_by) VALUES ($1::uuid, $2, 'buyer', 'requested', 'k', 'test')`,
    [id, paymentId],
  );
  const { openProcess } = await import('../guarantees/crash.ts');
  const process = openProcess(stage);
  assert.equal(await process.deps.refunds.makeReady(id, [], 80_001), false);
  assert.equal(await process.deps.refunds.makeReady(id, [], 80_000), true);
  await process.close();
  await assert.rejects(
    query(`UPDATE payment_attempts SET refunded_amount = amount + 1 WHERE id = $1`, [paymentId]),
  );
  await query(`UPDATE refunds SET next_check_at = clock_timestamp() WHERE id = $1`, [id]);
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'refunded',
  );
});

test('a refund the provider refuses for good leaves the tickets with their owner', async () => {
  const buyer = service.buyer();
  const { paymentId, reservationId, order } = await paid(buyer);
  await stage.provider.fault('cancel', 'error-before-commit', {
    code: 'EXCEED_MAX_REFUND_DUE',
    orderId: order.orderId,
  });
  const answer = await buyer.refund(paymentId);
  assert.ok(answer.ok && answer.body.state === 'rejected' && answer.body.code === 'EXCEED_MAX_REFUND_DUE');
  await until(
    async () => stage.tickets.ticketsOf(reservationId),
    ({ length }) => length === 2,
  );
  assert.equal((await buyer.read(paymentId)).state, 'confirmed');
});

test('an error the provider repeats to the same key is passed by a new key, once a look-up showed no cancel', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await paid(buyer);
  await stage.provider.fault('cancel', 'error-before-commit', {
    code: 'FAILED_REFUND_PROCESS',
    orderId: order.orderId,
  });
  const answer = await buyer.refund(paymentId);
  assert.ok(answer.ok && answer.body.state === 'checking', JSON.stringify(answer));
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'refunded',
  );
  const [row] = await stage.query(`SELECT cancel_generation FROM refunds WHERE payment_id = $1`, [paymentId]);
  assert.equal(row?.['cancel_generation'], 2);
  assert.deepEqual(await auditMoney(stage), []);
});

test('nobody refunds what is another’s, what is not paid, or a ticket that is not theirs', async () => {
  const buyer = service.buyer();
  const { paymentId } = await paid(buyer);
  const codeOf = (answer: Awaited<ReturnType<Buyer['refund']>>) => (answer.ok ? 'ok' : answer.problem.code);
  assert.equal(codeOf(await service.buyer().refund(paymentId)), 'payment-not-found');
  assert.equal(codeOf(await buyer.refund(paymentId, [randomUUID()])), 'ticket-not-returnable');
  const open = await buyer.start(buyer.reserve());
  assert.equal(codeOf(await buyer.refund(open.paymentId)), 'not-refundable');
  const shown = await quote(service.buyer(), paymentId);
  assert.ok(!shown.ok && shown.problem.code === 'payment-not-found');
});
