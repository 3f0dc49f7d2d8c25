import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentSecurityPolicy, newNonce } from './security-policy.ts';

test('scripts run by nonce alone: nothing inline, nothing evaluated, nothing from elsewhere', () => {
  const policy = contentSecurityPolicy('abc');
  const scripts = policy.split('; ').find((rule) => rule.startsWith('script-src')) ?? '';
  assert.equal(scripts, "script-src 'self' 'nonce-abc' 'strict-dynamic'");
  assert.doesNotMatch(scripts, /unsafe|http/);
  for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    assert.ok(policy.includes(rule), rule);
});

test('no two answers share a nonce', () => {
  const nonces = new Set(Array.from({ length: 1_000 }, newNonce));
  assert.equal(nonces.size, 1_000);
  for (const nonce of nonces) assert.match(nonce, /^[\w+/]{22}==$/);
});
