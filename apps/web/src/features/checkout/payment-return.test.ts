import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAuthenticated, readFailure } from './payment-return.ts';

const paymentId = '2ae3f87e-2b70-436d-a5ef-a12cb3fdf42d';

test('a whole success address is read', () => {
  assert.deepEqual(
    readAuthenticated({ paymentId, paymentKey: 'tgen_1', orderId: 'urr_123', amount: '110000' }),
    {
      paymentKey: 'tgen_1',
      orderId: 'urr_123',
      amount: 110_000,
    },
  );
});

test('an address with something missing, doubled or misshapen confirms nothing', () => {
  const whole = { paymentKey: 'tgen_1', orderId: 'urr_123', amount: '110000' };
  const broken = [
    { amount: undefined },
    { amount: '1e5' },
    { amount: '-1' },
    { amount: ['1', '2'] },
    { orderId: 'x' },
    { paymentKey: 'a b' },
    { paymentKey: '' },
  ];
  for (const part of broken)
    assert.equal(readAuthenticated({ ...whole, ...part }), undefined, JSON.stringify(part));
});

test('a fail address without its order is still a failure', () => {
  assert.deepEqual(readFailure({ paymentId, code: 'PAY_PROCESS_CANCELED', message: ' 취소 ' }), {
    paymentId,
    orderId: undefined,
    code: 'PAY_PROCESS_CANCELED',
    message: '취소',
  });
});

test('a fail address cannot bring anything that the contract refuses', () => {
  const failure = readFailure({
    paymentId: 'x',
    orderId: '<b>',
    code: 'no code',
    message: `\u0000${'a'.repeat(600)}`,
  });
  assert.deepEqual([failure.paymentId, failure.orderId, failure.code], [undefined, undefined, 'UNKNOWN']);
  assert.equal(failure.message?.length, 500);
  assert.equal(readFailure({}).message, undefined);
});
