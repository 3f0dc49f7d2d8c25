import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFault } from './config.ts';

test('keys of one pair pass, keys of two families or modes do not', () => {
  assert.equal(keyFault('test_ck_a1', 'test_sk_b2'), undefined);
  assert.equal(keyFault('live_gck_a1', 'live_gsk_b2'), undefined);
  assert.match(keyFault('test_ck_a1', 'test_gsk_b2') ?? '', /same pair/);
  assert.match(keyFault('test_ck_a1', 'live_sk_b2') ?? '', /same pair/);
  assert.match(keyFault('test_sk_a1', 'test_sk_b2') ?? '', /TOSS_CLIENT_KEY/);
  assert.match(keyFault('test_ck_a1', '\uFEFFtest_sk_b2') ?? '', /TOSS_SECRET_KEY/);
});
