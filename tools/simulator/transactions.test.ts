import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKst } from './clock.ts';
import { apiClientKey, apiSecretKey, type Json, type Shop, startSimulator } from './test-simulator.ts';

const everything = 'startDate=2020-01-01T00:00:00&endDate=2099-12-31T23:59:59';

async function rowsOf(shop: Shop, query: string, secret?: string): Promise<Json[]> {
  const { body, status } = await shop.get(
    `/v1/transactions?${query}`,
    secret === undefined ? {} : { secret },
  );
  assert.equal(status, 200, JSON.stringify(body));
  return JSON.parse(JSON.stringify(body));
}

describe('transactions', () => {
  it('hold one row for each approval and each cancel, by the key of the Payment', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy({ customerKey: 'fan-1' });
    const approved = (await shop.confirm(payment)).body;
    const part = (await shop.cancel(payment.paymentKey, { cancelAmount: 5000 })).body;
    await shop.advance(1000);
    const rest = (await shop.cancel(payment.paymentKey)).body;
    const rows = await rowsOf(shop, everything);
    assert.deepEqual(
      rows.map((row) => [row['transactionKey'], row['status'], row['amount']]),
      [
        [approved['lastTransactionKey'], 'DONE', 15000],
        [part['lastTransactionKey'], 'PARTIAL_CANCELED', 5000],
        [rest['lastTransactionKey'], 'CANCELED', 10000],
      ],
    );
    const { receiptUrl, transactionAt, transactionKey, ...fixed } = rows[0] ?? {};
    assert.ok(receiptUrl !== '' && transactionKey !== '');
    assert.match(String(transactionAt), /\+09:00$/);
    assert.deepEqual(fixed, {
      mId: 'tgen_docs',
      paymentKey: payment.paymentKey,
      orderId: payment.orderId,
      method: '카드',
      customerKey: 'fan-1',
      useEscrow: false,
      status: 'DONE',
      currency: 'KRW',
      amount: 15000,
    });
  });

  it('are read page by page without a gap or a repeat', async (context) => {
    const shop = await startSimulator(context);
    for (let index = 0; index < 7; index += 1) await shop.confirm(await shop.buy());
    const keys: unknown[] = [];
    let cursor = '';
    for (;;) {
      const page = await rowsOf(shop, `${everything}&limit=3${cursor}`);
      keys.push(...page.map((row) => row['transactionKey']));
      if (page.length < 3) break;
      cursor = `&startingAfter=${String(page.at(-1)?.['transactionKey'])}`;
    }
    assert.equal(keys.length, 7);
    assert.equal(new Set(keys).size, 7);
  });

  it('belong to one key pair and to the days asked for', async (context) => {
    const shop = await startSimulator(context);
    await shop.confirm(await shop.buy());
    await shop.confirm(await shop.buy({ clientKey: apiClientKey }), { secret: apiSecretKey });
    assert.equal((await rowsOf(shop, everything, apiSecretKey)).length, 1);
    await shop.advance(48 * 60 * 60 * 1000);
    await shop.confirm(await shop.buy());
    const { body } = await shop.get('/v1/simulator/clock');
    const today = String(body['now']).slice(0, 10);
    assert.equal((await rowsOf(shop, `startDate=${today}&endDate=${today}`)).length, 1);
    assert.equal((await rowsOf(shop, everything)).length, 2);
  });

  it('are refused without sensible dates, limits and cursors', async (context) => {
    const shop = await startSimulator(context);
    const wrong = [
      '',
      'startDate=2022-01-01',
      'startDate=yesterday&endDate=2022-01-02',
      `${everything}&limit=5001`,
      `${everything}&limit=0`,
      `${everything}&startingAfter=unknown`,
      'startDate=2022-01-02&endDate=2022-01-01',
      `${everything}&limit=1&limit=2`,
    ];
    for (const query of wrong) assert.equal((await shop.get(`/v1/transactions?${query}`)).status, 400, query);
  });

  it('take dates in Korean time unless they name a zone', () => {
    assert.equal(parseKst('2022-01-01', 'start'), Date.UTC(2021, 11, 31, 15));
    assert.equal(parseKst('2022-01-01', 'end'), Date.UTC(2022, 0, 1, 15) - 1);
    assert.equal(parseKst('2022-01-01T00:00:00Z', 'start'), Date.UTC(2022, 0, 1));
    assert.equal(parseKst('2022-01-01T09:00:00 09:00', 'start'), Date.UTC(2022, 0, 1));
    assert.equal(parseKst('2022-13-01', 'start'), undefined);
  });
});

describe('audit', () => {
  it('lists every payment with what was taken and what is left', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.confirm(payment);
    await shop.cancel(payment.paymentKey, { cancelAmount: 5000 });
    await shop.buy({ action: 'close' });
    const page = (await shop.get('/v1/simulator/payments?limit=1')).body;
    assert.deepEqual(page, {
      payments: [
        {
          orderId: payment.orderId,
          paymentKey: payment.paymentKey,
          status: 'PARTIAL_CANCELED',
          totalAmount: 15000,
          balanceAmount: 10000,
          approvals: 1,
          cancels: 1,
          clientKey: 'test_gck_docs_widget',
        },
      ],
      total: 2,
      next: 1,
    });
    assert.equal((await shop.get('/v1/simulator/payments?after=1')).body['next'], null);
    const summary = (await shop.get('/v1/simulator/audit')).body;
    assert.deepEqual(summary, {
      payments: 2,
      byStatus: { PARTIAL_CANCELED: 1, READY: 1 },
      transactions: 2,
      captured: 15000,
      returned: 5000,
      balance: 10000,
      ordersApprovedMoreThanOnce: [],
    });
    const { transactions } = (await shop.get('/v1/simulator/transactions?after=1')).body;
    assert.match(JSON.stringify(transactions), new RegExp(`PARTIAL_CANCELED.*5000.*${payment.orderId}`));
    assert.equal((await shop.get('/v1/simulator/payments?limit=0')).status, 400);
  });
});
