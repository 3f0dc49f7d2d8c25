import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { clientKey, newOrderId, type Shop, startSimulator } from './test-simulator.ts';

type Page = { status: number; location: string | null; html: string; headers: Headers };

async function visit(
  shop: Shop,
  path: string,
  form?: Record<string, string>,
  language = 'ko',
): Promise<Page> {
  const response = await fetch(new URL(path, shop.baseUrl), {
    redirect: 'manual',
    headers: { 'accept-language': language },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  const { headers, status } = response;
  return { status, headers, location: headers.get('location'), html: await response.text() };
}

function windowPath(fields: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    clientKey,
    orderId: newOrderId(),
    amount: '15000',
    orderName: '<b>S석</b> & 2매',
    customerKey: '@@ANONYMOUS',
    successUrl: 'http://shop.test/pay/success?locale=ko',
    failUrl: 'http://shop.test/pay/fail',
    ...fields,
  });
  return `/checkout?${query.toString()}`;
}

async function choose(
  shop: Shop,
  action: string,
  fields: Record<string, string> = {},
): Promise<Page & { formPath: string }> {
  const page = await visit(shop, windowPath(fields));
  assert.equal(page.status, 200, page.html);
  const formPath = /action="(\/checkout\/[^"]+)"/.exec(page.html)?.[1] ?? '';
  return { ...(await visit(shop, formPath, { action })), formPath };
}

describe('hosted checkout', () => {
  it('is one page with a button for each choice and nothing from elsewhere', async (context) => {
    const shop = await startSimulator(context);
    const { headers, html } = await visit(shop, windowPath());
    assert.match(html, /<html lang="ko">/);
    assert.match(html, /&lt;b&gt;S석&lt;\/b&gt; &amp; 2매/);
    assert.match(html, /15,000원/);
    for (const action of ['approve', 'approve-by-virtual-account', 'decline', 'cancel', 'close']) {
      assert.match(html, new RegExp(`<button class="\\w+" name="action" value="${action}">`));
    }
    assert.doesNotMatch(html, /<(script|link|img|iframe)|https?:\/\//);
    assert.match(
      String(headers.get('content-security-policy')),
      /default-src 'none'.*form-action 'self' http:\/\/shop\.test$/,
    );
  });

  it("speaks the browser's language alone, in words and local times, until another is chosen", async (context) => {
    const shop = await startSimulator(context);
    const path = windowPath();
    const korean = (await visit(shop, path)).html.replaceAll(/\s+/g, ' ');
    assert.match(korean, /<dd>결제 대기<\/dd>/);
    assert.match(korean, /<dd>\d+월 \d+일 (오전|오후) \d+:\d\d \(한국 시간\)<\/dd>/);
    assert.doesNotMatch(korean, /READY|\+09:00|Approve/);
    const english = await visit(shop, path, undefined, 'en-GB,en;q=0.9');
    assert.match(english.html, /<html lang="en">[^]*₩15,000[^]*Not paid yet/);
    assert.doesNotMatch(
      english.html.replace('한국어', '').replaceAll('S석', '').replaceAll('2매', ''),
      /[가-힣]/,
    );
    const [, other = ''] = /href="([^"]+)" lang="ko"/.exec(english.html) ?? [];
    const chosen = await visit(shop, other, undefined, 'en');
    assert.match(chosen.html, /<html lang="ko">/);
    const [, form = ''] = /action="([^"]+)"/.exec(chosen.html) ?? [];
    const closed = await visit(shop, form, { action: 'close' }, 'en');
    assert.match(closed.html, /결제창이 닫혔습니다/);
  });

  it('has the one style that its policy lets in', async (context) => {
    const { headers, html } = await visit(await startSimulator(context), windowPath());
    const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(String(headers.get('content-security-policy')).includes(`'sha256-${hash}'`));
  });

  it('sends an approving buyer back with a payment the shop can confirm', async (context) => {
    const shop = await startSimulator(context);
    const orderId = newOrderId();
    const { formPath, location, status } = await choose(shop, 'approve', { orderId });
    assert.equal(status, 303);
    const { origin, pathname, searchParams } = new URL(location ?? '');
    assert.equal(origin + pathname, 'http://shop.test/pay/success');
    const { paymentKey = '', ...others } = Object.fromEntries(searchParams);
    assert.deepEqual(others, { locale: 'ko', paymentType: 'NORMAL', orderId, amount: '15000' });
    assert.equal((await visit(shop, formPath, { action: 'approve' })).location, location);
    assert.equal((await shop.confirm({ paymentKey, orderId, amount: 15000 })).body['status'], 'DONE');
    assert.match((await visit(shop, `/checkout/receipts/${paymentKey}`)).html, /영수증/);
    assert.match((await visit(shop, formPath, { action: 'approve' })).html, /ALREADY_PROCESSED_PAYMENT/);
  });

  it('names the payment type for widget keys only', async (context) => {
    const shop = await startSimulator(context);
    const { location } = await choose(shop, 'approve', { clientKey: 'test_ck_docs_api' });
    assert.equal(new URL(location ?? '').searchParams.get('paymentType'), null);
  });

  it('sends a declined buyer to the fail page with code, message and order', async (context) => {
    const shop = await startSimulator(context);
    const orderId = newOrderId();
    const { location } = await choose(shop, 'decline', { orderId });
    const { pathname, searchParams } = new URL(location ?? '');
    assert.equal(pathname, '/pay/fail');
    assert.deepEqual(Object.fromEntries(searchParams), {
      code: 'REJECT_CARD_COMPANY',
      message: '결제 승인이 거절되었습니다.',
      orderId,
    });
    assert.equal((await shop.get(`/v1/payments/orders/${orderId}`)).body['status'], 'ABORTED');
  });

  it('sends a buyer who cancels to the fail page, and may leave the order out', async (context) => {
    const shop = await startSimulator(context);
    const { location } = await choose(shop, 'cancel');
    assert.match(String(location), /code=PAY_PROCESS_CANCELED.*orderId=order/);
    await shop.fault({ call: 'checkout', kind: 'omit-order-id' });
    assert.doesNotMatch(String((await choose(shop, 'cancel')).location), /orderId/);
  });

  it('tells the shop nothing when the window is closed', async (context) => {
    const shop = await startSimulator(context);
    const orderId = newOrderId();
    const { html, location, status } = await choose(shop, 'close', { orderId });
    assert.deepEqual([status, location], [200, null]);
    assert.match(html, /결제창이 닫혔습니다/);
    assert.equal((await shop.get(`/v1/payments/orders/${orderId}`)).body['status'], 'READY');
  });

  it('finds the same payment again when it is reloaded', async (context) => {
    const shop = await startSimulator(context);
    const path = windowPath();
    const formOf = (page: Page) => /action="([^"]+)"/.exec(page.html)?.[1];
    assert.equal(formOf(await visit(shop, path)), formOf(await visit(shop, path)));
    assert.equal((await shop.get('/v1/simulator/payments')).body['total'], 1);
  });

  it('ends after 30 minutes', async (context) => {
    const shop = await startSimulator(context);
    const formPath = /action="([^"]+)"/.exec((await visit(shop, windowPath())).html)?.[1] ?? '';
    await shop.advance(30 * 60_000);
    assert.match(
      String((await visit(shop, formPath, { action: 'approve' })).location),
      /code=PAY_PROCESS_ABORTED/,
    );
    assert.doesNotMatch((await visit(shop, formPath)).html, /<button/);
  });

  it('refuses wrong queries with a page, not a crash', async (context) => {
    const shop = await startSimulator(context);
    const wrong: Record<string, string>[] = [
      { clientKey: 'test_gck_unknown' },
      { amount: '0' },
      { amount: '1.5' },
      { amount: 'many' },
      { amount: '' },
      { orderId: 'short' },
      { orderId: 'bad order id' },
      { orderName: '' },
      { orderName: 'x'.repeat(101) },
      { successUrl: 'javascript:alert(1)' },
      { failUrl: 'http://' },
      { customerKey: 'x' },
      { taxFreeAmount: '15001' },
    ];
    for (const fields of wrong) {
      const { html, status } = await visit(shop, windowPath(fields));
      assert.ok(status === 400 || status === 401, `${JSON.stringify(fields)} gave ${status}`);
      assert.match(html, /결제를 진행할 수 없습니다/);
    }
    assert.equal((await visit(shop, '/checkout/unknown')).status, 404);
    assert.equal((await visit(shop, '/checkout/unknown', { action: 'approve' })).status, 404);
    assert.equal((await visit(shop, '/checkout/unknown', { action: 'nonsense' })).status, 400);
  });

  it('opens no window for an order which is paid', async (context) => {
    const shop = await startSimulator(context);
    const payment = await shop.buy();
    await shop.confirm(payment);
    assert.match((await visit(shop, windowPath({ orderId: payment.orderId }))).html, /DUPLICATED_ORDER_ID/);
  });

  it('takes a virtual account, whose deposit is made or taken back at the counter page', async (context) => {
    const shop = await startSimulator(context);
    const orderId = newOrderId();
    const { location } = await choose(shop, 'approve-by-virtual-account', { orderId });
    const paymentKey = new URL(location ?? '').searchParams.get('paymentKey') ?? '';
    await shop.confirm({ paymentKey, orderId, amount: 15000 });
    const statusOf = async () => (await shop.get(`/v1/payments/${paymentKey}`)).body['status'];
    const counter = await visit(shop, '/checkout/deposits');
    assert.match(counter.html, new RegExp(`action="/checkout/deposits/${paymentKey}"`));
    const paid = await visit(shop, `/checkout/deposits/${paymentKey}`, { action: 'deposit' });
    assert.deepEqual([paid.status, await statusOf()], [303, 'DONE']);
    await visit(shop, `/checkout/deposits/${paymentKey}`, { action: 'cancel-deposit' });
    assert.equal(await statusOf(), 'WAITING_FOR_DEPOSIT');
  });
});

describe('robots', () => {
  it('get from JSON what the page gives a person', async (context) => {
    const shop = await startSimulator(context);
    const urls = { successUrl: 'http://shop.test/ok', failUrl: 'http://shop.test/no' };
    const request = { clientKey, orderId: newOrderId(), amount: 1000, orderName: 'x', ...urls };
    const approved = await shop.post('/v1/simulator/payments', { ...request, action: 'approve' });
    assert.equal(approved.body['status'], 'IN_PROGRESS');
    assert.match(String(approved.body['redirectUrl']), /^http:\/\/shop\.test\/ok\?paymentType=NORMAL/);
    const again = { ...request, orderId: newOrderId() };
    const declined = await shop.post('/v1/simulator/payments', {
      ...again,
      action: 'decline',
      code: 'INVALID_STOPPED_CARD',
    });
    assert.match(String(declined.body['redirectUrl']), /^http:\/\/shop\.test\/no\?code=INVALID_STOPPED_CARD/);
    const opened = await shop.post('/v1/simulator/payments', { ...again, action: 'close' });
    const later = await shop.post(`/v1/simulator/payments/${String(opened.body['paymentKey'])}`, {
      action: 'approve',
    });
    assert.equal(later.body['status'], 'IN_PROGRESS');
    const unknown = await shop.post('/v1/simulator/payments', {
      ...request,
      clientKey: 'test_gck_no',
      action: 'approve',
    });
    assert.equal(unknown.status, 401);
  });
});
