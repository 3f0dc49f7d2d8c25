import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientNetwork } from './client-network.ts';

test('an IPv4 address stands for itself, also when written as IPv6', () => {
  assert.equal(clientNetwork('203.0.113.7'), '203.0.113.7');
  assert.equal(clientNetwork('::ffff:203.0.113.7'), '203.0.113.7');
});

test('an IPv6 address stands for its /64 network, however it is written', () => {
  const same = ['2001:db8::1', '2001:0DB8:0:0:ffff:1:2:3', '2001:db8:0:0::', '2001:db8:0::5%eth0'];
  assert.deepEqual([...new Set(same.map(clientNetwork))], ['2001:db8:0:0::/64']);
  assert.equal(clientNetwork('::1'), '0:0:0:0::/64');
  assert.equal(clientNetwork('fe80:1:2:3:4:5:6:7'), 'fe80:1:2:3::/64');
});

test('what is no address is kept as it is', () => {
  assert.equal(clientNetwork('unknown'), 'unknown');
});
