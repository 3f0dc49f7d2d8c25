import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { refundContent, rejectionReason, returnable, stillChosen, toggled } from './refund-choice.ts';

const ticket = (ticketId: string, state: Ticket['state']): Ticket => ({
  ticketId,
  eventId: 'e1',
  reservationId: 'r1',
  title: { ko: '', en: '' },
  venue: { ko: '', en: '' },
  startsAt: '',
  state,
  grade: 'R',
  seat: null,
  pool: null,
  price: 1,
  issuedAt: '',
  usedAt: null,
});
const tickets = [ticket('b', 'valid'), ticket('a', 'valid'), ticket('c', 'used'), ticket('d', 'returning')];

test('only valid tickets can go back', () => {
  assert.deepEqual(
    returnable(tickets).map(({ ticketId }) => ticketId),
    ['b', 'a'],
  );
});

test('a choice does not depend on the order it was made in, and drops what is gone', () => {
  assert.deepEqual(stillChosen(toggled(toggled([], 'b'), 'a'), tickets), ['a', 'b']);
  assert.deepEqual(stillChosen(['c', 'a', 'x'], tickets), ['a']);
  assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
});

test('the same refund asked for twice is one; after a rejected one it is another', () => {
  const payment = { refunds: [] } as unknown as PaymentView;
  const refund = { refundId: 'f1', state: 'rejected' };
  const later = { refunds: [refund] } as unknown as PaymentView;
  assert.equal(refundContent(payment, ['a']), refundContent(payment, ['a']));
  assert.notEqual(refundContent(payment, ['a']), refundContent(payment, ['a', 'b']));
  assert.notEqual(refundContent(payment, ['a']), refundContent(later, ['a']));
});

test('every rejection has words', () => {
  const codes = [
    'return-too-late',
    'ticket-not-returnable',
    'NOT_ALLOWED_PARTIAL_REFUND',
    'INVALID_REFUND_ACCOUNT_NUMBER',
    'X',
    null,
  ];
  assert.deepEqual(codes.map(rejectionReason), [
    'too-late',
    'used',
    'partial',
    'account',
    'provider',
    'provider',
  ]);
});
