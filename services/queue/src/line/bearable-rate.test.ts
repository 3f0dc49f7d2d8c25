import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bearableNow, failureShareOf, nextBearableRate } from './bearable-rate.ts';

const rules = { ratePerSecond: 100, p95TargetMs: 3000 };
const health = (bearableRate: number, ageSeconds: number) => ({
  bearableRate,
  ageSeconds,
  p95Ms: 0,
  failureShare: 0,
});

test('a checkout that was never measured sets no bound', () => {
  assert.equal(bearableNow(null, { ratePerSecond: 100, active: 5 }), null);
});

test('a slow or failing checkout cuts the rate by a third, down to a tenth', () => {
  const slow = { confirmations: 50, failures: 0, p95Ms: 9000 };
  const failing = { confirmations: 50, failures: 10, p95Ms: 100 };
  assert.equal(nextBearableRate(100, slow, rules), 70);
  assert.equal(nextBearableRate(100, failing, rules), 70);
  assert.equal(nextBearableRate(11, slow, rules), 10);
});

test('a healthy checkout raises the rate by a tenth of the configured one, up to it', () => {
  const well = { confirmations: 50, failures: 1, p95Ms: 800 };
  assert.equal(nextBearableRate(50, well, rules), 60);
  assert.equal(nextBearableRate(95, well, rules), 100);
});

test('a window in which nobody paid changes nothing', () => {
  assert.equal(nextBearableRate(40, { confirmations: 0, failures: 0, p95Ms: 0 }, rules), 40);
});

test('missing figures hold the last safe rate for 15 s, then it halves every 30 s down to a tenth', () => {
  const busy = { ratePerSecond: 100, active: 5 };
  assert.equal(bearableNow(health(80, 15), busy), 80);
  assert.equal(bearableNow(health(80, 45), busy), 40);
  assert.equal(bearableNow(health(80, 3600), busy), 10);
  assert.equal(
    bearableNow(health(80, 3600), { ratePerSecond: 100, active: 0 }),
    80,
    'nobody inside: nothing is missing',
  );
});

test('whatever is measured, the rate stays above zero and never exceeds the configured one', () => {
  const figures = fc.record({ confirmations: fc.nat(500), failures: fc.nat(500), p95Ms: fc.nat(60_000) });
  fc.assert(
    fc.property(
      fc.array(figures, { maxLength: 50 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.nat(4000),
      (windows, rate, age) => {
        const limits = { ratePerSecond: rate, p95TargetMs: 3000 };
        const last = windows.reduce((current, window) => nextBearableRate(current, window, limits), rate);
        const now = bearableNow(health(last, age), { ratePerSecond: rate, active: 1 });
        assert.ok(now !== null && now > 0 && now <= rate);
      },
    ),
  );
  assert.equal(failureShareOf({ confirmations: 0, failures: 0, p95Ms: 0 }), 0);
});
