import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentState, PaymentView } from '@urr/contracts/payment-shapes.ts';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { type Follow, followPayment, judgeConfirm, judgeLook } from './confirmation.ts';

const view = (state: PaymentState, more: Partial<PaymentView> = {}): PaymentView => ({
  paymentId: 'p1',
  orderId: 'urr_123',
  reservationId: 'r1',
  eventId: 'e1',
  orderName: 'Tickets',
  amount: 1,
  refundedAmount: 0,
  state,
  ticketIds: [],
  failure: null,
  createdAt: '2026-11-21T04:00:00Z',
  refunds: [],
  ...more,
});
const confirmed = (state: PaymentState) => ({
  ok: true as const,
  status: 200,
  body: { paymentId: 'p1', state, ticketIds: [] },
});
const looked = (state: PaymentState, more: Partial<PaymentView> = {}) => ({
  ok: true as const,
  status: 200,
  body: view(state, more),
});
const refused = (code: ProblemCode, data?: unknown) => ({
  ok: false as const,
  problem: problemDocument(code, data === undefined ? {} : { data }),
  unknown: false,
});
const lost = { ok: false as const, problem: problemDocument('upstream-unavailable'), unknown: true };

function follow(
  confirms: Awaited<ReturnType<Follow['confirm']>>[],
  looks: Awaited<ReturnType<Follow['look']>>[],
  patience = 9,
) {
  const said: string[] = [];
  const next = <Value>(name: string, list: Value[]): Promise<Value> => {
    said.push(name);
    const value = list.shift();
    assert.ok(value !== undefined, `one ${name} too many`);
    return Promise.resolve(value);
  };
  const calls: Follow = {
    confirm: () => next('confirm', confirms),
    look: () => next('look', looks),
    wait: (look) => Promise.resolve(look < patience),
    onChecking: () => void said.push('checking'),
    isStopped: () => false,
  };
  return { said, ended: followPayment(calls) };
}

test('a payment that goes well is confirmed once and looked at once', async () => {
  const { said, ended } = follow([confirmed('confirmed')], [looked('confirmed')]);
  assert.deepEqual(await ended, { kind: 'confirmed', payment: view('confirmed') });
  assert.deepEqual(said, ['confirm', 'look']);
});

test('an unknown outcome is looked up until it is known, and no second payment is asked for', async () => {
  const { said, ended } = follow([confirmed('checking')], [looked('checking'), lost, looked('confirmed')]);
  assert.equal((await ended)?.kind, 'confirmed');
  assert.equal(said.filter((name) => name === 'confirm').length, 1);
});

test('a confirmation whose answer is lost is looked up, and sent again only if it never arrived', async () => {
  const arrived = follow([lost], [looked('checking'), looked('confirmed')]);
  assert.equal((await arrived.ended)?.kind, 'confirmed');
  assert.equal(arrived.said.filter((name) => name === 'confirm').length, 1);
  const never = follow([lost, confirmed('confirmed')], [looked('open'), looked('confirmed')]);
  assert.equal((await never.ended)?.kind, 'confirmed');
  assert.equal(never.said.filter((name) => name === 'confirm').length, 2);
});

test('a decline carries its reason and the payment it was', async () => {
  const data = { code: 'REJECT_CARD_COMPANY', message: '거절' };
  const { ended } = follow([refused('payment-declined', data)], [looked('failed')]);
  assert.deepEqual(await ended, { kind: 'declined', ...data, payment: view('failed') });
});

test('it stops when it has looked long enough, without an outcome of its own making', async () => {
  const { said, ended } = follow([lost], [looked('checking'), looked('checking')], 2);
  assert.equal(await ended, undefined);
  assert.deepEqual(said, ['confirm', 'checking', 'look', 'checking', 'look', 'checking']);
});

test('only a definite refusal ends it', () => {
  for (const code of ['rate-limited', 'request-in-flight', 'overloaded', 'internal-error'] as const) {
    assert.equal(judgeConfirm(refused(code)).next, 'look-later', code);
    assert.equal(judgeLook(refused(code)).next, 'look-later', code);
  }
  for (const code of ['payment-not-found', 'payment-mismatch', 'unauthenticated'] as const) {
    assert.equal(judgeConfirm(refused(code)).next, 'end', code);
  }
});

test('a lost hold and tickets given back are told apart', () => {
  const kindOf = (step: ReturnType<typeof judgeLook>) => step.next === 'end' && step.end.kind;
  assert.equal(kindOf(judgeLook(looked('refunding'))), 'money-back');
  assert.equal(kindOf(judgeLook(looked('refunded'))), 'money-back');
  assert.equal(kindOf(judgeLook(looked('refunded', { ticketIds: ['t1'] }))), 'returned');
  assert.equal(kindOf(judgeLook(looked('expired'))), 'not-charged');
});
