import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRateLimits, RateLimited } from './rate-limits.ts';
import { emptyWindow, take } from './sliding-window.ts';

test('the limit is exact at the edge, and a place frees when its minute is over', () => {
  const window = emptyWindow();
  for (let used = 1; used <= 60; used += 1) {
    const verdict = take(window, 60, 3);
    assert.deepEqual([verdict.isAllowed, verdict.remaining], [true, 60 - used]);
  }
  const refused = take(window, 60, 3.5);
  assert.deepEqual([refused.isAllowed, refused.remaining], [false, 0]);
  assert.equal(take(window, 60, 3.5 + refused.resetSeconds - 1).isAllowed, false);
  assert.equal(take(window, 60, 3.5 + refused.resetSeconds).isAllowed, true);
});

test('in any sixty seconds no more than the limit passes, and an idle caller has all of it', () => {
  const gaps = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 10 }), (waits, limit) => {
      const window = emptyWindow();
      const passed: number[] = [];
      let now = 0;
      for (const wait of waits) {
        now += wait;
        const verdict = take(window, limit, now);
        if (verdict.isAllowed) passed.push(now);
        const recent = passed.filter((time) => time > now - 60).length;
        assert.ok(recent <= limit);
        assert.ok(verdict.isAllowed || verdict.resetSeconds >= 1);
      }
      assert.equal(take(window, limit, now + 66).remaining, limit - 1);
    }),
  );
});

test('callers and classes do not share a quota, and the number of callers remembered is bounded', () => {
  const limits = createRateLimits({ auth: 1, queue: 1, booking: 1, general: 1 }, 2, () => 100);
  limits.take('auth', 'a');
  assert.throws(() => limits.take('auth', 'a'), RateLimited);
  limits.take('queue', 'a');
  limits.take('auth', 'b');
  limits.take('auth', 'c');
  assert.throws(() => limits.take('auth', 'c'), RateLimited);
  // The longest unseen was forgotten for `c`.
  limits.take('auth', 'a');
});
