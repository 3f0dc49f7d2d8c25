import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigFault } from '@urr/platform/config.ts';
import { keyFault, readPaymentConfig } from './config.ts';

const environment = {
  JWT_SECRET: Buffer.alloc(32, 5).toString('base64'),
  INTERNAL_API_TOKEN: 'i'.repeat(32),
  PAYMENT_DB_URL: 'postgresql://localhost/payment_db',
  TICKET_SERVICE_URL: 'http://localhost:3002',
  TOSS_SECRET_KEY: 'test_sk_b2',
  TOSS_CLIENT_KEY: 'test_ck_a1',
  PAYMENT_RETURN_BASE_URL: 'http://localhost:3000',
};

const faultsOf = (variables: Record<string, string>) => {
  try {
    readPaymentConfig({ ...environment, ...variables });
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigFault);
    return error.faults.map((fault) => fault.split(' ')[0]);
  }
};

test('keys of one pair pass, keys of two families or modes do not', () => {
  assert.equal(keyFault('test_ck_a1', 'test_sk_b2'), undefined);
  assert.equal(keyFault('live_gck_a1', 'live_gsk_b2'), undefined);
  assert.match(keyFault('test_ck_a1', 'test_gsk_b2') ?? '', /same pair/);
  assert.match(keyFault('test_ck_a1', 'live_sk_b2') ?? '', /same pair/);
  assert.match(keyFault('test_sk_a1', 'test_sk_b2') ?? '', /TOSS_CLIENT_KEY/);
  assert.match(keyFault('test_ck_a1', '\uFEFFtest_sk_b2') ?? '', /TOSS_SECRET_KEY/);
});

test('money is not asked for while the hold might end before the provider has answered: such times are refused at the start', () => {
  assert.deepEqual(faultsOf({}), []);
  assert.deepEqual(faultsOf({ HOLD_LEFT_TO_CONFIRM_MS: '65999' }), ['HOLD_LEFT_TO_CONFIRM_MS']);
  assert.deepEqual(faultsOf({ HOLD_LEFT_TO_CONFIRM_MS: '66000' }), []);
  assert.deepEqual(faultsOf({ TOSS_READ_TIMEOUT_MS: '70000' }), ['HOLD_LEFT_TO_CONFIRM_MS']);
  assert.deepEqual(faultsOf({ HOLD_LEFT_TO_START_MS: '74999' }), ['HOLD_LEFT_TO_START_MS']);
  assert.deepEqual(faultsOf({ HOLD_LEFT_TO_CONFIRM_MS: '1', TOSS_CLIENT_KEY: 'ck' }), [
    'TOSS_CLIENT_KEY',
    'HOLD_LEFT_TO_CONFIRM_MS',
  ]);
});
