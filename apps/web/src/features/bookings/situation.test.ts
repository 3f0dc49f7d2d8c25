import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { isMoving, lastEndedTry, paymentsOf, situationOf } from './situation.ts';

const reservation: Reservation = {
  reservationId: 'r1',
  eventId: 'e1',
  state: 'pending',
  quantity: 1,
  amount: 55_000,
  createdAt: '2026-11-21T04:00:00Z',
  expiresAt: '2026-11-21T04:07:00Z',
  pinned: false,
  seats: [],
  places: [],
};

function payment(state: PaymentView['state'], more: Partial<PaymentView> = {}): PaymentView {
  return {
    paymentId: `p-${state}`,
    orderId: 'urr_1',
    reservationId: 'r1',
    eventId: 'e1',
    orderName: 'Tickets',
    amount: 55_000,
    refundedAmount: 0,
    state,
    ticketIds: [],
    failure: null,
    createdAt: '2026-11-21T04:01:00Z',
    refunds: [],
    ...more,
  };
}

const over = { ...reservation, state: 'expired' as const };
const confirmed = { ...reservation, state: 'confirmed' as const };

test('a hold stays a hold through open and failed payments', () => {
  assert.deepEqual(situationOf(reservation, []), { kind: 'held', payment: undefined });
  for (const state of ['open', 'failed', 'expired'] as const) {
    assert.deepEqual(situationOf(reservation, [payment(state)]), { kind: 'held', payment: payment(state) });
  }
});

test('a payment whose outcome is unknown decides, even when the hold looks over', () => {
  for (const state of ['pending', 'expired', 'cancelled'] as const) {
    const situation = situationOf({ ...reservation, state }, [payment('open'), payment('checking')]);
    assert.equal(situation.kind, 'checking');
    assert.ok(isMoving(situation));
  }
});

test('paid is paid, also before its payment says so or can be read', () => {
  assert.deepEqual(situationOf(confirmed, [payment('failed'), payment('confirmed')]), {
    kind: 'paid',
    payment: payment('confirmed'),
  });
  assert.deepEqual(situationOf(confirmed, [payment('checking')]), { kind: 'paid', payment: undefined });
  assert.deepEqual(situationOf(confirmed, []), { kind: 'paid', payment: undefined });
});

test('a paid booking whose tickets all went back is returned', () => {
  const back = payment('refunded', { ticketIds: ['t1'] });
  assert.equal(situationOf(confirmed, [back]).kind, 'returned');
});

test('a hold that was lost with money on the way is replaced, or its money goes back', () => {
  assert.equal(situationOf(over, [payment('confirmed', { ticketIds: ['t1'] })]).kind, 'replaced');
  assert.equal(situationOf(over, [payment('refunded', { ticketIds: ['t1'] })]).kind, 'replaced');
  const back = situationOf(over, [payment('refunding')]);
  assert.equal(back.kind, 'money-back');
  assert.ok(isMoving(back));
  assert.equal(situationOf(over, [payment('refunded')]).kind, 'money-back');
  assert.equal(isMoving(situationOf(over, [payment('refunded')])), false);
});

test('a hold that ended without money ended', () => {
  assert.equal(situationOf(over, [payment('expired')]).kind, 'expired');
  assert.equal(situationOf({ ...reservation, state: 'cancelled' }, []).kind, 'cancelled');
});

test('a refund that runs keeps the page looking', () => {
  const refund = {
    refundId: 'f1',
    state: 'checking' as const,
    amount: 55_000,
    ticketIds: ['t1'],
    reason: 'buyer' as const,
    code: null,
    createdAt: '2026-11-21T04:02:00Z',
  };
  assert.ok(isMoving(situationOf(confirmed, [payment('confirmed', { refunds: [refund] })])));
  assert.equal(isMoving(situationOf(confirmed, [payment('confirmed')])), false);
});

test('a replacement finds the payment of the reservation it replaces', () => {
  const mine = payment('confirmed');
  const other = payment('confirmed', { reservationId: 'r9' });
  assert.deepEqual(paymentsOf({ ...confirmed, reservationId: 'r2', replaces: 'r1' }, [other, mine]), [mine]);
  assert.deepEqual(paymentsOf(confirmed, [other, mine]), [mine]);
});

test('the last try that ended tells one attempt from the next', () => {
  assert.equal(lastEndedTry([payment('open'), payment('failed')])?.state, 'failed');
  assert.equal(lastEndedTry([payment('open')]), undefined);
});
