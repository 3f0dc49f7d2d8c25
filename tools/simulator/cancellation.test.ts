import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Json, type Shop, startSimulator, textOf } from './test-simulator.ts';

const dayMs = 24 * 60 * 60 * 1000;

async function paid(context: TestContext, fields: Json = {}): Promise<{ shop: Shop; paymentKey: string }> {
  const shop = await startSimulator(context);
  const payment = await shop.buy(fields);
  assert.equal((await shop.confirm(payment)).status, 200);
  return { shop, paymentKey: payment.paymentKey };
}

describe('cancel', () => {
  it('gives money back in parts until nothing is left, by the tax rule', async (context) => {
    const { shop, paymentKey } = await paid(context, { amount: 45000 });
    const first = (await shop.cancel(paymentKey, { cancelAmount: 7600 })).body;
    assert.equal(first['status'], 'PARTIAL_CANCELED');
    assert.deepEqual([first['totalAmount'], first['balanceAmount']], [45000, 37400]);
    assert.deepEqual([first['vat'], first['suppliedAmount']], [3400, 34000]);
    await shop.advance(1000);
    const second = (await shop.cancel(paymentKey, { cancelAmount: 7400 })).body;
    assert.deepEqual(
      [second['balanceAmount'], second['vat'], second['suppliedAmount']],
      [30000, 2727, 27273],
    );
    await shop.advance(1000);
    const last = (await shop.cancel(paymentKey)).body;
    assert.deepEqual([last['status'], last['balanceAmount'], last['vat']], ['CANCELED', 0, 0]);
    const cancels: Json[] = JSON.parse(JSON.stringify(last['cancels']));
    assert.deepEqual(
      cancels.map((cancel) => cancel['cancelAmount']),
      [7600, 7400, 30000],
    );
    assert.deepEqual(
      cancels.map((cancel) => cancel['refundableAmount']),
      [37400, 30000, 0],
    );
    assert.equal(cancels[2]?.['transactionKey'], last['lastTransactionKey']);
    await shop.advance(1000);
    assert.equal((await shop.cancel(paymentKey)).body['code'], 'ALREADY_CANCELED_PAYMENT');
  });

  it('twice within a second does only the first, and the second is not remembered', async (context) => {
    const { shop, paymentKey } = await paid(context);
    await shop.cancel(paymentKey, { cancelAmount: 1000 });
    const headers = { 'idempotency-key': 'refund-2' };
    const second = await shop.cancel(paymentKey, { cancelAmount: 2000 }, { headers });
    assert.deepEqual([second.status, second.body['code']], [403, 'FORBIDDEN_CONSECUTIVE_REQUEST']);
    await shop.advance(1000);
    const again = await shop.cancel(paymentKey, { cancelAmount: 2000 }, { headers });
    assert.equal(again.body['balanceAmount'], 12000);
  });

  it('refuses more than the balance and a wrong idea of what is refundable', async (context) => {
    const { shop, paymentKey } = await paid(context);
    const tooMuch = await shop.cancel(paymentKey, { cancelAmount: 15001 });
    assert.deepEqual([tooMuch.status, tooMuch.body['code']], [403, 'NOT_CANCELABLE_AMOUNT']);
    const stale = await shop.cancel(paymentKey, { cancelAmount: 100, refundableAmount: 14000 });
    assert.deepEqual([stale.status, stale.body['code']], [400, 'NOT_MATCHES_REFUNDABLE_AMOUNT']);
    const right = await shop.cancel(paymentKey, { cancelAmount: 100, refundableAmount: 15000 });
    assert.equal(right.body['balanceAmount'], 14900);
  });

  it('refuses a payment which was never approved', async (context) => {
    const shop = await startSimulator(context);
    const { paymentKey } = await shop.buy();
    assert.equal((await shop.cancel(paymentKey)).body['code'], 'NOT_CANCELABLE_PAYMENT');
    assert.equal((await shop.cancel('unknown')).body['code'], 'NOT_FOUND_PAYMENT');
  });

  it('shrinks the tax-free part with the balance', async (context) => {
    const { shop, paymentKey } = await paid(context, { amount: 11000, taxFreeAmount: 5500 });
    const over = await shop.cancel(paymentKey, { cancelAmount: 1000, taxFreeAmount: 1001 });
    assert.equal(over.body['code'], 'INVALID_REQUEST');
    const { body } = await shop.cancel(paymentKey, { cancelAmount: 5500, taxFreeAmount: 5500 });
    assert.deepEqual([body['taxFreeAmount'], body['vat'], body['suppliedAmount']], [0, 500, 5000]);
  });

  it('allows no part of a payment with a tax exemption, only the whole', async (context) => {
    const { shop, paymentKey } = await paid(context, { taxExemptionAmount: 300 });
    const part = await shop.cancel(paymentKey, { cancelAmount: 100 });
    assert.deepEqual([part.status, part.body['code']], [403, 'NOT_ALLOWED_PARTIAL_REFUND']);
    assert.equal((await shop.cancel(paymentKey)).body['status'], 'CANCELED');
  });

  it('keeps the deadline of each method', async (context) => {
    const { shop, paymentKey: mobile } = await paid(context, { method: 'MOBILE_PHONE' });
    const transfer = await shop.buy({ method: 'TRANSFER' });
    const card = await shop.buy();
    await shop.confirm(transfer);
    await shop.confirm(card);
    await shop.advance(32 * dayMs);
    assert.equal((await shop.cancel(mobile)).body['code'], 'NOT_CANCELABLE_PAYMENT');
    assert.equal((await shop.cancel(transfer.paymentKey, { cancelAmount: 1 })).status, 200);
    await shop.advance(150 * dayMs);
    assert.equal((await shop.cancel(transfer.paymentKey)).body['code'], 'EXCEED_MAX_REFUND_DUE');
    assert.equal((await shop.cancel(card.paymentKey)).status, 200);
  });

  it('races itself without giving back more than was paid', async (context) => {
    const { shop, paymentKey } = await paid(context);
    await Promise.all(Array.from({ length: 20 }, () => shop.cancel(paymentKey, { cancelAmount: 10000 })));
    const { body } = await shop.get(`/v1/payments/${paymentKey}`);
    assert.equal(body['balanceAmount'], 5000);
  });
});

describe('virtual account', () => {
  async function waiting(context: TestContext) {
    const shop = await startSimulator(context);
    const payment = await shop.buy({ action: 'approve-by-virtual-account', customerName: '김토스' });
    const { body } = await shop.confirm(payment);
    return { shop, body, paymentKey: payment.paymentKey };
  }

  it('waits for its deposit under an X number and with a secret', async (context) => {
    const { body, paymentKey, shop } = await waiting(context);
    assert.deepEqual(
      [body['status'], body['method'], body['approvedAt']],
      ['WAITING_FOR_DEPOSIT', '가상계좌', null],
    );
    assert.match(JSON.stringify(body['virtualAccount']), /"accountNumber":"X\d{13}"/);
    assert.match(textOf(body, 'secret'), /^ps_/);
    const deposited = await shop.post(`/v1/simulator/virtual-accounts/${paymentKey}/deposit`, {});
    assert.equal(deposited.body['status'], 'DONE');
    const done = await shop.get(`/v1/payments/${paymentKey}`);
    assert.equal(done.body['secret'], body['secret']);
    assert.notEqual(done.body['approvedAt'], null);
    const twice = await shop.post(`/v1/simulator/virtual-accounts/${paymentKey}/deposit`, {});
    assert.equal(twice.status, 400);
    const undone = await shop.post(`/v1/simulator/virtual-accounts/${paymentKey}/cancel-deposit`, {});
    assert.equal(undone.body['status'], 'WAITING_FOR_DEPOSIT');
  });

  it('is refunded only to an account, and in whole before the deposit', async (context) => {
    const { paymentKey, shop } = await waiting(context);
    const part = await shop.cancel(paymentKey, { cancelAmount: 100 });
    assert.equal(part.body['code'], 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
    await shop.post(`/v1/simulator/virtual-accounts/${paymentKey}/deposit`, {});
    assert.equal((await shop.cancel(paymentKey)).body['code'], 'INVALID_REFUND_ACCOUNT_INFO');
    const account = { bank: '신한', accountNumber: '110123456789', holderName: '김토스' };
    const noBank = { refundReceiveAccount: { ...account, bank: '없는은행' } };
    assert.equal((await shop.cancel(paymentKey, noBank)).body['code'], 'INVALID_BANK');
    const noNumber = { refundReceiveAccount: { ...account, accountNumber: '110-12' } };
    assert.equal((await shop.cancel(paymentKey, noNumber)).body['code'], 'INVALID_REFUND_ACCOUNT_NUMBER');
    const { body } = await shop.cancel(paymentKey, { refundReceiveAccount: account });
    assert.equal(body['status'], 'CANCELED');
    assert.match(JSON.stringify(body['virtualAccount']), /"refundStatus":"COMPLETED"/);
  });

  it('cancelled before its deposit moves no money', async (context) => {
    const { paymentKey, shop } = await waiting(context);
    assert.equal((await shop.cancel(paymentKey)).body['status'], 'CANCELED');
    const { body } = await shop.get('/v1/simulator/audit');
    assert.deepEqual([body['captured'], body['returned']], [0, 0]);
  });

  it('is issued by the API with its own term, and expires at its end', async (context) => {
    const shop = await startSimulator(context);
    const request = {
      amount: 30000,
      orderId: 'order-va-1',
      orderName: 'R석',
      customerName: '김토스',
      bank: '20',
    };
    assert.equal((await shop.post('/v1/virtual-accounts', { ...request, validHours: 2161 })).status, 400);
    const both = { ...request, validHours: 1, dueDate: '2099-01-01' };
    assert.equal((await shop.post('/v1/virtual-accounts', both)).status, 400);
    const { body } = await shop.post('/v1/virtual-accounts', { ...request, validHours: 2 });
    assert.equal(body['status'], 'WAITING_FOR_DEPOSIT');
    await shop.advance(2 * 60 * 60 * 1000);
    const seen = await shop.get('/v1/payments/orders/order-va-1');
    assert.equal(seen.body['status'], 'EXPIRED');
    assert.match(JSON.stringify(seen.body['virtualAccount']), /"expired":true/);
  });

  it('shows the refund account for 30 minutes only', async (context) => {
    const shop = await startSimulator(context);
    const refundReceiveAccount = { bank: '20', accountNumber: '1002123456789', holderName: '김토스' };
    const payment = await shop.buy({ action: 'approve-by-virtual-account', refundReceiveAccount });
    assert.match(JSON.stringify((await shop.confirm(payment)).body), /1002123456789/);
    await shop.advance(30 * 60 * 1000);
    assert.doesNotMatch(
      JSON.stringify((await shop.get(`/v1/payments/${payment.paymentKey}`)).body),
      /1002123456789/,
    );
  });
});
