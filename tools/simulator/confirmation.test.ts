import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  apiSecretKey,
  basic,
  liveClientKey,
  liveSecretKey,
  newOrderId,
  secretKey,
  startSimulator,
} from './test-simulator.ts';

const minuteMs = 60_000;

describe('key', () => {
  it('without its colon is refused as a wrong format', async (context) => {
    const shop = await startSimulator(context);
    const authorization = `Basic ${Buffer.from(secretKey).toString('base64')}`;
    const answer = await shop.get('/v1/payments/orders/anything', { headers: { authorization } });
    assert.equal(answer.status, 403);
    assert.equal(answer.body['code'], 'INCORRECT_BASIC_AUTH_FORMAT');
  });

  it('that is unknown, missing or behind a byte order mark is unauthorized', async (context) => {
    const shop = await startSimulator(context);
    for (const key of ['test_gsk_unknown_key', `\uFEFF${secretKey}`]) {
      const answer = await shop.get('/v1/payments/x', { headers: { authorization: basic(key) } });
      assert.deepEqual([answer.status, answer.body['code']], [401, 'UNAUTHORIZED_KEY']);
    }
    const bare = await fetch(`${shop.baseUrl}/v1/payments/x`);
    assert.equal(bare.status, 401);
  });

  it('of another pair can neither confirm, see nor cancel a payment', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    const other = { secret: apiSecretKey };
    const confirmed = await shop.confirm(payment, other);
    assert.deepEqual([confirmed.status, confirmed.body['code']], [403, 'FORBIDDEN_REQUEST']);
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`, other)).status, 404);
    assert.equal((await shop.cancel(payment.paymentKey, {}, other)).status, 404);
    assert.equal((await shop.confirm(payment)).status, 200);
  });
});

describe('confirm', () => {
  it('takes the money of an authenticated payment and answers the whole Payment', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy({ customerKey: 'fan-1', metadata: { reservation: 'r-1' } });
    const { status, body } = await shop.confirm(payment);
    assert.equal(status, 200);
    const { approvedAt, card, checkout, lastTransactionKey, receipt, requestedAt, ...fixed } = body;
    for (const time of [approvedAt, requestedAt])
      assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
    assert.match(String(lastTransactionKey), /^[0-9A-F]{32}$/);
    assert.ok(card !== null && checkout !== null && receipt !== null);
    assert.deepEqual(fixed, {
      mId: 'tgen_docs',
      paymentKey: payment.paymentKey,
      orderId: payment.orderId,
      orderName: 'S석 2매',
      status: 'DONE',
      useEscrow: false,
      cultureExpense: false,
      virtualAccount: null,
      transfer: null,
      mobilePhone: null,
      giftCertificate: null,
      easyPay: null,
      cashReceipt: null,
      cashReceipts: null,
      discount: null,
      cancels: null,
      secret: null,
      type: 'NORMAL',
      country: 'KR',
      failure: null,
      isPartialCancelable: true,
      currency: 'KRW',
      totalAmount: 15000,
      balanceAmount: 15000,
      suppliedAmount: 13636,
      vat: 1364,
      taxFreeAmount: 0,
      taxExemptionAmount: 0,
      method: '카드',
      version: '2022-11-16',
      metadata: { reservation: 'r-1' },
    });
    const seen = await shop.get(`/v1/payments/orders/${payment.orderId}`);
    assert.deepEqual(seen.body, body);
    assert.deepEqual((await shop.get(`/v1/payments/${payment.paymentKey}`)).body, body);
  });

  it('a second time is refused as already processed', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.confirm(payment);
    const { status, body } = await shop.confirm(payment);
    assert.deepEqual([status, body['code']], [400, 'ALREADY_PROCESSED_PAYMENT']);
  });

  it('refuses another amount, another order and an unknown key, and leaves the payment confirmable', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    const codeOf = async (change: object) => (await shop.confirm({ ...payment, ...change })).body['code'];
    assert.equal(await codeOf({ amount: 14999 }), 'INVALID_REQUEST');
    assert.equal(await codeOf({ orderId: newOrderId() }), 'FORBIDDEN_REQUEST');
    assert.equal(await codeOf({ paymentKey: 'unknown' }), 'NOT_FOUND_PAYMENT_SESSION');
    assert.equal((await shop.confirm(payment)).body['status'], 'DONE');
  });

  it('approves one payment of an order only', async (context) => {
    const shop = await startSimulator(context);
    const first = await shop.buy();
    const second = await shop.buy({ orderId: first.orderId });
    assert.notEqual(first.paymentKey, second.paymentKey);
    assert.equal((await shop.confirm(first)).status, 200);
    assert.equal((await shop.confirm(second)).body['code'], 'DUPLICATED_ORDER_ID');
    const seen = await shop.get(`/v1/payments/orders/${first.orderId}`);
    assert.equal(seen.body['paymentKey'], first.paymentKey);
  });

  it('races itself to exactly one approval', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.confirm(payment)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    const audit = await shop.get(`/v1/simulator/payments?orderId=${payment.orderId}`);
    assert.match(JSON.stringify(audit.body), /"approvals":1/);
  });

  it('of a payment declined by the bank answers the refusal and aborts it', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy({ action: 'decline-at-confirm' });
    const { status, body } = await shop.confirm(payment);
    assert.deepEqual([status, body['code']], [403, 'REJECT_CARD_PAYMENT']);
    const seen = await shop.get(`/v1/payments/${payment.paymentKey}`);
    assert.equal(seen.body['status'], 'ABORTED');
    assert.match(JSON.stringify(seen.body['failure']), /REJECT_CARD_PAYMENT/);
    assert.equal((await shop.confirm(payment)).body['code'], 'NOT_FOUND_PAYMENT_SESSION');
  });

  it('refuses less than 100 won by card and 200 won by account', async (context) => {
    const shop = await startSimulator(context);
    const card = await shop.buy({ amount: 99 });
    assert.equal((await shop.confirm(card)).body['code'], 'BELOW_MINIMUM_AMOUNT');
    const transfer = await shop.buy({ amount: 199, method: 'TRANSFER' });
    assert.equal((await shop.confirm(transfer)).body['code'], 'BELOW_MINIMUM_AMOUNT');
  });

  it('fills the part of the Payment which belongs to its method', async (context) => {
    const shop = await startSimulator(context);
    const parts = { EASY_PAY: 'easyPay', TRANSFER: 'transfer', MOBILE_PHONE: 'mobilePhone', CARD: 'card' };
    for (const [method, part] of Object.entries(parts)) {
      const { body } = await shop.confirm(await shop.buy({ method }));
      const filled = Object.values(parts).filter((name) => body[name] !== null);
      assert.deepEqual(filled, [part]);
    }
  });

  it('speaks English when asked to', async (context) => {
    const shop = await startSimulator(context);
    const { body } = await shop.get('/v1/payments/none', { headers: { 'accept-language': 'en-US' } });
    assert.equal(body['message'], 'Not found payment.');
    assert.equal((await shop.get('/v1/payments/none')).body['message'], '존재하지 않는 결제 정보 입니다.');
  });
});

describe('clock', () => {
  it('ends an unconfirmed payment 10 minutes after the buyer authenticated', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.advance(9 * minuteMs);
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`)).body['status'], 'IN_PROGRESS');
    await shop.advance(minuteMs);
    const { status, body } = await shop.confirm(payment);
    assert.deepEqual([status, body['code']], [404, 'NOT_FOUND_PAYMENT_SESSION']);
    assert.equal((await shop.get(`/v1/payments/${payment.paymentKey}`)).body['status'], 'EXPIRED');
  });

  it('ends a window nobody used after 30 minutes', async (context) => {
    const shop = await startSimulator(context);
    const { paymentKey } = await shop.buy({ action: 'close' });
    await shop.advance(29 * minuteMs);
    assert.equal((await shop.get(`/v1/payments/${paymentKey}`)).body['status'], 'READY');
    await shop.advance(minuteMs);
    assert.equal((await shop.get(`/v1/payments/${paymentKey}`)).body['status'], 'EXPIRED');
  });

  it('refuses to run backwards', async (context) => {
    const shop = await startSimulator(context);
    assert.equal((await shop.advance(-1)).status, 400);
    assert.equal((await shop.advance(1.5)).status, 400);
  });
});

describe('TossPayments-Test-Code', () => {
  it('gives the error it names before the payment is looked up', async (context) => {
    const shop = await startSimulator(context);
    const headers = { 'TossPayments-Test-Code': 'REJECT_CARD_COMPANY' };
    const unknown = { paymentKey: 'none', orderId: 'order-none', amount: 1000 };
    const { status, body } = await shop.confirm(unknown, { headers });
    assert.deepEqual([status, body['code']], [403, 'REJECT_CARD_COMPANY']);
  });

  it('is ignored for live keys', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy({ clientKey: liveClientKey });
    const headers = { 'TossPayments-Test-Code': 'REJECT_CARD_COMPANY' };
    const { body } = await shop.confirm(payment, { headers, secret: liveSecretKey });
    assert.equal(body['status'], 'DONE');
  });
});
