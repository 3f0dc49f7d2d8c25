import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LimitHeaders, type Limits, RateLimited, type RateLimits } from './rate-limits.ts';

/** Every second of a limit lasts so long in these tests. Milliseconds. */
export const testSecondMs = 10;
const windowMs = 60 * testSecondMs;
const limits: Limits = { auth: 5, queue: 2, booking: 1, general: 50 };

/** What one call came to. */
export async function outcomeOf(work: () => LimitHeaders | Promise<LimitHeaders>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof RateLimited) return false;
    throw error;
  }
}

/** What every adapter of the port does; `create` makes limits whose seconds last `testSecondMs`. */
export function rateLimitsConform(
  adapter: string,
  create: (limits: Limits) => Promise<RateLimits>,
  skip: string | false = false,
): void {
  void test(
    `${adapter}: the limit is exact, and a refusal tells when one more may come`,
    { skip },
    async () => {
      const adapted = await create(limits);
      for (let left = 4; left >= 0; left -= 1) {
        const headers = await adapted.take('auth', 'exact');
        assert.deepEqual(headers.slice(0, 3), ['RateLimit-Policy', '"auth";q=5;w=60', 'RateLimit']);
        assert.match(headers[3], new RegExp(`^"auth";r=${left};t=\\d+$`));
      }
      for (let refusals = 0; refusals < 3; refusals += 1) {
        const refused = await Promise.resolve()
          .then(() => adapted.take('auth', 'exact'))
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        assert.ok(refused instanceof RateLimited);
        const seconds = Number(/^"auth";r=0;t=(\d+)$/.exec(refused.headers[3])?.[1]);
        assert.ok(seconds >= 1 && seconds <= 65, refused.headers[3]);
        assert.deepEqual([refused.code, refused.retryAfter], ['rate-limited', seconds]);
      }
    },
  );

  void test(`${adapter}: callers and classes do not share a quota`, { skip }, async () => {
    const adapted = await create(limits);
    const take = (limitClass: keyof Limits, caller: string) =>
      outcomeOf(() => adapted.take(limitClass, caller));
    assert.deepEqual([await take('booking', 'a'), await take('booking', 'a')], [true, false]);
    assert.deepEqual([await take('queue', 'a'), await take('booking', 'b')], [true, true]);
    assert.equal(await take('booking', '2001:db8:0:0::/64 {x} \r\n'), true);
  });
  timesConform(adapter, create, skip);
}

function timesConform(
  adapter: string,
  create: (limits: Limits) => Promise<RateLimits>,
  skip: string | false,
): void {
  void test(`${adapter}: a place frees when its minute is over, as told`, { skip }, async () => {
    const adapted = await create(limits);
    await adapted.take('booking', 'patient');
    const startedAtMs = performance.now();
    while (!(await outcomeOf(() => adapted.take('booking', 'patient')))) await sleep(5);
    const waitedMs = performance.now() - startedAtMs;
    assert.ok(waitedMs >= windowMs - 5, `${waitedMs} ms`);
    assert.ok(waitedMs <= windowMs + 5 * testSecondMs + 250, `${waitedMs} ms`);
  });

  void test(`${adapter}: in any minute no more than the limit passes`, { skip }, async () => {
    const adapted = await create({ ...limits, queue: 7 });
    const passed: { readonly sentAtMs: number; readonly answeredAtMs: number }[] = [];
    const endsAtMs = performance.now() + 2.5 * windowMs;
    while (performance.now() < endsAtMs) {
      const sentAtMs = performance.now();
      const isAllowed = await outcomeOf(() => adapted.take('queue', 'eager'));
      if (isAllowed) passed.push({ sentAtMs, answeredAtMs: performance.now() });
      await sleep(Math.random() * 12);
    }
    for (const [index, { sentAtMs }] of passed.entries()) {
      const eighth = passed[index + 7];
      if (eighth !== undefined) assert.ok(eighth.answeredAtMs - sentAtMs >= windowMs - 1);
    }
    assert.ok(passed.length >= 14, `${passed.length} passed`);
  });
}
