import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ProviderAnswer } from '../toss/provider.ts';
import { judgeConfirm, judgeLookup } from './judge.ts';

const asked = {
  orderId: 'urr_order',
  amount: 80_000,
  paymentKey: 'pk',
  confirmAnswer: null,
  failureCode: null,
  ageMs: 0,
};
const windowMs = 660_000;
const statuses = [
  'READY',
  'IN_PROGRESS',
  'WAITING_FOR_DEPOSIT',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
  'ABORTED',
  'EXPIRED',
];

const payment = (fields: object = {}): ProviderAnswer => ({
  kind: 'payment',
  payment: {
    paymentKey: 'pk',
    orderId: asked.orderId,
    status: 'DONE',
    currency: 'KRW',
    totalAmount: asked.amount,
    balanceAmount: asked.amount,
    lastTransactionKey: 'tx',
    approvedAt: '2026-01-31T10:00:00+09:00',
    ...fields,
  },
});
const anyAnswer: fc.Arbitrary<ProviderAnswer> = fc.oneof(
  fc.constant<ProviderAnswer>({ kind: 'no-answer', reason: 'reset' }),
  fc
    .record({ code: fc.string(), status: fc.integer({ min: 400, max: 599 }) })
    .map(({ code, status }): ProviderAnswer => ({ kind: 'refused', code, message: '', status })),
  fc
    .record({
      status: fc.constantFrom(...statuses),
      orderId: fc.constantFrom(asked.orderId, 'other'),
      totalAmount: fc.constantFrom(asked.amount, 1),
      currency: fc.constantFrom('KRW', 'USD'),
    })
    .map((fields) => payment(fields)),
);

test('money counts as taken exactly when the provider shows DONE for our order, amount and currency', () => {
  fc.assert(
    fc.property(anyAnswer, fc.nat(windowMs * 2), (answer, ageMs) => {
      const isTaken =
        answer.kind === 'payment' &&
        answer.payment.status === 'DONE' &&
        answer.payment.orderId === asked.orderId &&
        answer.payment.totalAmount === asked.amount &&
        answer.payment.currency === 'KRW';
      assert.equal(judgeConfirm(asked, answer).kind === 'taken', isTaken);
      assert.equal(judgeLookup({ ...asked, ageMs }, answer, windowMs).kind === 'taken', isTaken);
    }),
  );
});

test('an answer about another payment, as a reused idempotency key brings it, decides nothing', () => {
  const verdict = judgeConfirm(asked, payment({ orderId: 'urr_another', paymentKey: 'other' }));
  assert.deepEqual(verdict, { kind: 'undecided', answer: 'fault', code: 'ANSWER_OF_ANOTHER_PAYMENT' });
});

test('a look-up that fails never ends an attempt', () => {
  const answers: ProviderAnswer[] = [
    { kind: 'no-answer', reason: 'timeout' },
    { kind: 'refused', code: 'FORBIDDEN_CONSECUTIVE_REQUEST', message: '', status: 403 },
    { kind: 'refused', code: 'UNAUTHORIZED_KEY', message: '', status: 401 },
  ];
  for (const answer of answers) {
    assert.equal(judgeLookup({ ...asked, ageMs: windowMs * 10 }, answer, windowMs).kind, 'wait');
  }
});

test('an attempt the provider does not know is asked for again until its window is over', () => {
  const missing: ProviderAnswer = { kind: 'refused', code: 'NOT_FOUND_PAYMENT', message: '', status: 404 };
  assert.deepEqual(judgeLookup(asked, missing, windowMs), { kind: 'resend', newKey: false });
  assert.equal(judgeLookup({ ...asked, ageMs: windowMs + 1 }, missing, windowMs).kind, 'failed');
});

test('a new key is used only after the provider itself answered an error', () => {
  const open = payment({ status: 'IN_PROGRESS' });
  assert.deepEqual(judgeLookup({ ...asked, confirmAnswer: 'no-answer' }, open, windowMs), {
    kind: 'resend',
    newKey: false,
  });
  assert.deepEqual(judgeLookup({ ...asked, confirmAnswer: 'fault' }, open, windowMs), {
    kind: 'resend',
    newKey: true,
  });
  assert.equal(judgeLookup({ ...asked, confirmAnswer: 'our-fault' }, open, windowMs).kind, 'failed');
});
