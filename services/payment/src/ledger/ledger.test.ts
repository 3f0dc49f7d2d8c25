import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { callRoute } from '@urr/contracts/call-route.ts';
import * as contract from '@urr/contracts/payment.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { openProcess } from '../guarantees/crash.ts';
import { openStage, type RunningService, type Stage, startService, tokenOf } from '../guarantees/stage.ts';
import { compareYesterday } from './compare-daily.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  stage = await openStage({ CANCEL_SPACING_MS: '1100' });
  service = await startService(stage);
});
after(async () => {
  await service.close();
  await stage.close();
});

const compare = async () => {
  const headers = { authorization: `Bearer ${tokenOf(randomUUID(), 'admin')}` };
  const answer = await callRoute(
    contract.compareLedger,
    { query: {} },
    { baseUrl: service.baseUrl, headers },
  );
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.body;
};

test('payments and refunds match the provider’s transactions both ways, and the accounts balance', async () => {
  const buyer = service.buyer();
  for (const isReturned of [false, true]) {
    const { paymentId, order } = await buyer.authenticate(buyer.reserve());
    await buyer.confirm(order);
    if (isReturned) assert.ok((await buyer.refund(paymentId)).ok);
  }
  const report = await compare();
  assert.deepEqual([report.difference, report.matched, report.ledgerTotal], [0, 3, 80_000]);
  assert.deepEqual([report.missingAtProvider, report.missingInLedger, report.amountsDiffer], [[], [], []]);
  const process = openProcess(stage);
  const balances = await process.ledger.balances();
  await process.close();
  assert.deepEqual(balances, {
    'provider-receivable': 80_000,
    'buyer-deposits': 0,
    'organiser-sales': -80_000,
  });
});

test('money the ledger does not know, and entries the provider does not know, are named', async () => {
  const buyer = service.buyer();
  const { order } = await buyer.authenticate(buyer.reserve());
  const authorization = `Basic ${Buffer.from('test_gsk_stage:').toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const body = JSON.stringify(order);
  // Somebody confirms behind our back.
  await fetch(`${stage.provider.baseUrl}/v1/payments/confirm`, { method: 'POST', headers, body });
  await stage.query(
    `INSERT INTO ledger_entries (kind, payment_id, debit, credit, amount, transaction_key, provider_at)
     SELECT 'capture', id, 'provider-receivable', 'buyer-deposits', 10, 'INVENTED', clock_timestamp() FROM payment_attempts WHERE order_id = $1`,
    [order.orderId],
  );
  const report = await compare();
  assert.equal(report.difference, 80_000 - 10);
  assert.deepEqual(
    report.missingInLedger.map(({ orderId, amount }) => [orderId, amount]),
    [[order.orderId, 80_000]],
  );
  assert.deepEqual(
    report.missingAtProvider.map(({ transactionKey }) => transactionKey),
    ['INVENTED'],
  );
});

test('a booked entry never changes, and an unbalanced one cannot be written', async () => {
  await assert.rejects(stage.query(`UPDATE ledger_entries SET amount = amount + 1`), /never changes/);
  await assert.rejects(stage.query(`DELETE FROM ledger_entries`), /never changes/);
  await assert.rejects(
    stage.query(`INSERT INTO ledger_entries (kind, payment_id, debit, credit, amount)
      SELECT 'fulfilment', id, 'organiser-sales', 'organiser-sales', 10 FROM payment_attempts LIMIT 1`),
    /check constraint/,
  );
});

test('yesterday is compared once, on one replica', async () => {
  // The running service compares at its start: once that is over, the day is as if nobody had looked at it.
  const forget = 'DELETE FROM ledger_comparisons WHERE compared_at IS NOT NULL RETURNING day';
  await waitUntil(async () => (await stage.query(forget)).length === 1);
  const process = openProcess(stage);
  const reports: number[] = [];
  const { deps, ledger } = process;
  const run = () =>
    compareYesterday({
      ledger,
      provider: deps.provider,
      logger: deps.logger,
      report: (difference) => void reports.push(difference),
    });
  await Promise.all([run(), run(), run()]);
  await run();
  await process.close();
  assert.deepEqual(reports, [0]);
});

test('only an admin may compare', async () => {
  const headers = { authorization: `Bearer ${tokenOf(randomUUID())}` };
  const answer = await service.app.inject({ method: 'GET', url: '/api/v1/payments/reconciliation', headers });
  assert.equal(answer.statusCode, 403);
});
