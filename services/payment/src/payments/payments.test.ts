import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as contract from '@urr/contracts/payment.ts';
import { openStage, type RunningService, type Stage, startService, until } from '../guarantees/stage.ts';

let stage: Stage;
let service: RunningService;
before(async () => {
  stage = await openStage();
  service = await startService(stage);
});
after(async () => {
  await service.close();
  await stage.close();
});

const codeOf = (answer: { ok: true } | { ok: false; problem: { code: string } }) =>
  answer.ok ? 'ok' : answer.problem.code;

const problemOf = (answer: { ok: true } | { ok: false; problem: { code: string; data?: unknown } }) =>
  answer.ok ? undefined : [answer.problem.code, answer.problem.data];

test('a buyer pays a reservation and gets its tickets', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { paymentId, order } = await buyer.authenticate(reservationId);
  const confirmed = await buyer.confirm(order);
  assert.ok(confirmed.ok, JSON.stringify(confirmed));
  assert.equal(confirmed.body.state, 'confirmed');
  assert.deepEqual([...confirmed.body.ticketIds].sort(), stage.tickets.ticketsOf(reservationId).sort());
  const view = await buyer.read(paymentId);
  assert.equal(view.state, 'confirmed');
  assert.equal(view.amount, 80_000);
  const again = await buyer.confirm(order);
  assert.ok(again.ok && again.body.state === 'confirmed');
  assert.equal((await stage.provider.paymentsOf(order.orderId))[0]?.approvals, 1);
});

test('starting again answers the same open payment, and one customer key serves all of an account', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const [first, second] = await Promise.all([buyer.start(reservationId), buyer.start(reservationId)]);
  assert.deepEqual(first, second);
  assert.match(first.orderId, /^[A-Za-z0-9_-]{6,64}$/);
  assert.match(first.customerKey, /^[A-Za-z0-9_-]{32}$/);
  assert.equal((await buyer.start(buyer.reserve())).customerKey, first.customerKey);
  const page = await fetch(first.checkoutUrl ?? '');
  assert.equal(page.status, 200);
});

test("the order's name is in the language the buyer asks for", async () => {
  const buyer = service.buyer();
  const nameIn = async (language: string) => {
    const body = { reservationId: buyer.reserve() };
    const headers = { 'accept-language': language };
    const opened = await service.call(contract.startPayment, buyer.accountId, { body }, headers);
    return opened.ok && opened.body.orderName;
  };
  assert.equal(await nameIn('en-GB,en;q=0.9'), 'Seats × 2');
  assert.equal(await nameIn('ko-KR'), '좌석 2매');
});

test('an idempotency key replays the answer, and refuses another body', async () => {
  const buyer = service.buyer();
  const key = { 'idempotency-key': randomUUID() };
  const body = { reservationId: buyer.reserve() };
  const first = await service.call(contract.startPayment, buyer.accountId, { body }, key);
  const second = await service.call(contract.startPayment, buyer.accountId, { body }, key);
  assert.deepEqual(first, second);
  const other = { reservationId: buyer.reserve() };
  assert.equal(
    codeOf(await service.call(contract.startPayment, buyer.accountId, { body: other }, key)),
    'idempotency-key-reused',
  );
});

test('under a key a confirmation is answered the same for good, and another body is refused', async () => {
  const buyer = service.buyer();
  const key = { 'idempotency-key': randomUUID() };
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  const confirm = (body = order) => service.call(contract.confirmPayment, buyer.accountId, { body }, key);
  const first = await confirm();
  assert.ok(first.ok && first.body.state === 'confirmed');
  assert.equal(codeOf(await confirm({ ...order, amount: 1 })), 'idempotency-key-reused');
  await buyer.refund(paymentId);
  await until(
    () => buyer.confirm(order),
    (today) => today.ok && today.body.state === 'refunded',
  );
  assert.deepEqual(await confirm(), first);
});

test('so is a decline, though its row has been changed since', async () => {
  const buyer = service.buyer();
  const key = { 'idempotency-key': randomUUID() };
  const { order: body } = await buyer.authenticate(buyer.reserve(), 'decline-at-confirm');
  const confirm = () => service.call(contract.confirmPayment, buyer.accountId, { body }, key);
  const first = await confirm();
  assert.equal(codeOf(first), 'payment-declined');
  await stage.query(`UPDATE payment_attempts SET failure_code = 'X' WHERE order_id = $1`, [body.orderId]);
  assert.deepEqual(problemOf(await confirm()), problemOf(first));
});

test('"checking" is not kept under a key: the next request with it gets the outcome, and that is kept', async () => {
  const buyer = service.buyer();
  const key = { 'idempotency-key': randomUUID() };
  const { order: body } = await buyer.authenticate(buyer.reserve());
  await stage.provider.fault('confirm', 'slow', { delayMs: 1_300, orderId: body.orderId });
  const confirm = () => service.call(contract.confirmPayment, buyer.accountId, { body }, key);
  const first = await confirm();
  assert.ok(first.ok && first.body.state === 'checking', JSON.stringify(first));
  const outcome = await until(confirm, (answer) => !answer.ok || answer.body.state !== 'checking');
  assert.ok(outcome.ok && outcome.body.state === 'confirmed', JSON.stringify(outcome));
  const kept = await stage.query(`SELECT body->>'state' AS state FROM idempotency_keys WHERE key = $1`, [
    key['idempotency-key'],
  ]);
  assert.deepEqual(kept, [{ state: 'confirmed' }]);
});

test('a payment does not start for a stranger, for an unknown reservation, or for a hold that is over', async () => {
  const buyer = service.buyer();
  const start = (reservationId: string) =>
    service.call(contract.startPayment, buyer.accountId, { body: { reservationId } });
  assert.equal(codeOf(await start(service.buyer().reserve())), 'reservation-not-found');
  assert.equal(codeOf(await start(randomUUID())), 'reservation-not-found');
  const lost = buyer.reserve();
  stage.tickets.loseHold(lost);
  assert.equal(codeOf(await start(lost)), 'reservation-over');
  const short = buyer.reserve();
  stage.tickets.shortenHold(short, 170_000);
  assert.equal(codeOf(await start(short)), 'reservation-over');
  const enough = buyer.reserve();
  stage.tickets.shortenHold(enough, 190_000);
  assert.equal(codeOf(await start(enough)), 'ok');
  assert.equal(codeOf(await start(buyer.reserve([50]))), 'amount-not-payable');
});

test('a paid reservation is not paid twice', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { order } = await buyer.authenticate(reservationId);
  await buyer.confirm(order);
  const again = await service.call(contract.startPayment, buyer.accountId, { body: { reservationId } });
  assert.equal(codeOf(again), 'already-paid');
});

test('a declined card leaves the hold, and another attempt pays', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const declined = await buyer.authenticate(reservationId, 'decline-at-confirm', {
    code: 'REJECT_CARD_PAYMENT',
  });
  const refusal = await buyer.confirm(declined.order);
  assert.ok(!refusal.ok);
  assert.equal(refusal.problem.code, 'payment-declined');
  assert.equal((refusal.problem.data as { code: string }).code, 'REJECT_CARD_PAYMENT');
  const retried = await buyer.authenticate(reservationId);
  assert.notEqual(retried.order.orderId, declined.order.orderId);
  const paid = await buyer.confirm(retried.order);
  assert.ok(paid.ok && paid.body.state === 'confirmed');
});

test('what the buyer brings back is compared on the server: amount, order, owner, payment', async () => {
  const buyer = service.buyer();
  const { order } = await buyer.authenticate(buyer.reserve());
  assert.equal(codeOf(await buyer.confirm({ ...order, amount: order.amount - 1 })), 'payment-mismatch');
  assert.equal(codeOf(await buyer.confirm({ ...order, orderId: 'urr_nobody' })), 'payment-not-found');
  assert.equal(codeOf(await service.buyer().confirm(order)), 'payment-not-found');
  const paid = await buyer.confirm(order);
  assert.ok(paid.ok && paid.body.state === 'confirmed');
  assert.equal(codeOf(await buyer.confirm({ ...order, paymentKey: 'another' })), 'payment-mismatch');
});

test('a confirmation is refused, and nothing charged, when the provider might take longer than the hold lasts', async () => {
  const buyer = service.buyer();
  const { order } = await buyer.authenticate(buyer.reserve());
  const leave = (left: string) =>
    stage.query(
      `UPDATE payment_attempts SET hold_expires_at = clock_timestamp() + $2::interval WHERE order_id = $1`,
      [order.orderId, left],
    );
  await leave('70 seconds');
  assert.equal(codeOf(await buyer.confirm(order)), 'reservation-over');
  assert.equal((await stage.provider.paymentsOf(order.orderId))[0]?.status, 'IN_PROGRESS');
  await leave('85 seconds');
  assert.equal(codeOf(await buyer.confirm(order)), 'ok');
});

test('a buyer who comes back by the fail URL may start anew, and cannot confirm the old order', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { paymentId, order } = await buyer.authenticate(reservationId);
  const body = { paymentId, code: 'PAY_PROCESS_CANCELED', message: '취소' };
  const failed = await service.call(contract.failPayment, buyer.accountId, { body });
  assert.ok(failed.ok && failed.body.state === 'failed');
  assert.equal(codeOf(await buyer.confirm(order)), 'payment-over');
  assert.notEqual((await buyer.start(reservationId)).paymentId, paymentId);
  assert.equal(codeOf(await service.call(contract.failPayment, randomUUID(), { body })), 'payment-not-found');
});

test('a virtual account is voided, refused, and takes no deposit', async () => {
  const buyer = service.buyer();
  const reservationId = buyer.reserve();
  const { order } = await buyer.authenticate(reservationId, 'approve-by-virtual-account');
  const refusal = await buyer.confirm(order);
  assert.ok(!refusal.ok);
  assert.equal((refusal.problem.data as { code: string }).code, 'VIRTUAL_ACCOUNT_NOT_OFFERED');
  assert.equal((await stage.provider.paymentsOf(order.orderId))[0]?.status, 'CANCELED');
  assert.ok((await buyer.start(reservationId)).orderId !== order.orderId);
});

test('only its owner reads a payment, by id, by order and in the list', async () => {
  const buyer = service.buyer();
  const { paymentId, order } = await buyer.authenticate(buyer.reserve());
  const stranger = randomUUID();
  const { orderId } = order;
  assert.equal(
    codeOf(await service.call(contract.readPayment, stranger, { params: { paymentId } })),
    'payment-not-found',
  );
  assert.equal(
    codeOf(await service.call(contract.readPaymentByOrder, stranger, { params: { orderId } })),
    'payment-not-found',
  );
  const own = await service.call(contract.readPaymentByOrder, buyer.accountId, { params: { orderId } });
  assert.ok(own.ok && own.body.paymentId === paymentId);
  const mine = await service.call(contract.listMyPayments, buyer.accountId, { query: {} });
  assert.deepEqual(mine.ok && mine.body.payments.map((payment) => payment.paymentId), [paymentId]);
  const theirs = await service.call(contract.listMyPayments, stranger, { query: {} });
  assert.deepEqual(theirs.ok && theirs.body.payments, []);
});

test('an abandoned window is looked up and expires', async () => {
  const buyer = service.buyer();
  const { paymentId } = await buyer.authenticate(buyer.reserve());
  await stage.query(
    `UPDATE payment_attempts SET created_at = created_at - interval '42 minutes', next_check_at = clock_timestamp() WHERE id = $1`,
    [paymentId],
  );
  await until(
    () => buyer.read(paymentId),
    ({ state }) => state === 'expired',
  );
});

test('malformed input is a problem of the table and changes nothing', async () => {
  const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const { tokenOf } = await import('../guarantees/stage.ts');
    const headers = { authorization: `Bearer ${tokenOf(randomUUID())}` };
    return service.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  };
  const path = '/api/v1/payments';
  const cases = [
    await send('POST', path, { reservationId: 'x' }),
    await send('POST', path, { reservationId: randomUUID(), more: 1 }),
    await send('POST', `${path}/confirm`, { paymentKey: '../v1', orderId: 'urr_abc', amount: 1 }),
    await send('POST', `${path}/confirm`, { paymentKey: 'a', orderId: 'urr_abc', amount: 1e15 }),
    await send('POST', `${path}/confirm`, { paymentKey: 'a\u0000', orderId: 'urr_abc', amount: 1.5 }),
    await send('POST', `${path}/fail`, { orderId: 'urr_abc', code: 'A', message: '\u0000' }),
    await send('GET', `${path}/not-a-uuid`),
    await send('GET', `${path}/my?limit=0`),
    await send('GET', `${path}/orders/${'x'.repeat(100)}`),
    await send('GET', `${path}/reconciliation`),
    await send('POST', `${path}/${randomUUID()}/refunds`, { ticketIds: [] }),
  ];
  for (const [index, answer] of cases.entries()) {
    assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${index}: ${answer.statusCode}`);
    assert.match(answer.headers['content-type'] ?? '', /problem\+json/);
  }
});
