import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import { moneyOf } from './booking-money.ts';

function payment(state: PaymentView['state'], refundedAmount = 0): PaymentView {
  return {
    paymentId: 'p1',
    orderId: 'urr_1',
    reservationId: 'r1',
    eventId: 'e1',
    orderName: 'Tickets',
    amount: 132_000,
    refundedAmount,
    state,
    ticketIds: ['t1', 't2'],
    failure: null,
    createdAt: '2026-11-21T04:01:00Z',
    refunds: [],
  };
}

test('a booking is worth what was paid less what went back', () => {
  assert.deepEqual(moneyOf({ kind: 'paid', payment: payment('confirmed') }, 132_000), {
    kind: 'whole',
    amount: 132_000,
  });
  assert.deepEqual(moneyOf({ kind: 'paid', payment: payment('confirmed', 66_000) }, 132_000), {
    kind: 'net',
    amount: 66_000,
    paid: 132_000,
    refunded: 66_000,
  });
  assert.deepEqual(moneyOf({ kind: 'returned', payment: payment('refunded', 132_000) }, 132_000), {
    kind: 'refunded',
    amount: 132_000,
  });
});

test('money on its way back is not told as given back', () => {
  assert.equal(moneyOf({ kind: 'money-back', payment: payment('refunding') }, 132_000).kind, 'refunding');
});

test('what was never paid has no amount', () => {
  for (const kind of ['expired', 'cancelled'] as const)
    assert.deepEqual(moneyOf({ kind, payment: undefined }, 132_000), { kind: 'not-charged' });
});
