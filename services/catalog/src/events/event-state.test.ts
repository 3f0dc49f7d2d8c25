import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type EventStateFacts, eventStateAt } from './event-state.ts';

const at = (minutes: number) => new Date(Date.UTC(2027, 0, 1) + minutes * 60_000);
const facts = fc.record({
  decision: fc.constantFrom('draft' as const, 'published' as const, 'cancelled' as const),
  opensAt: fc.integer({ min: 0, max: 100 }).map(at),
  endsAt: fc.integer({ min: 101, max: 200 }).map(at),
  isSoldOut: fc.boolean(),
});
const instants = fc.integer({ min: -10, max: 210 }).map(at);

test('a published event goes upcoming, on sale, ended as time passes, and is sold out only while on sale', () => {
  const show = (isSoldOut: boolean, minutes: number) =>
    eventStateAt({ decision: 'published', opensAt: at(10), endsAt: at(20), isSoldOut }, at(minutes));
  assert.deepEqual(
    [9, 10, 19, 20].map((minutes) => show(false, minutes)),
    ['upcoming', 'on_sale', 'on_sale', 'ended'],
  );
  assert.deepEqual(
    [9, 10, 19, 20].map((minutes) => show(true, minutes)),
    ['upcoming', 'sold_out', 'sold_out', 'ended'],
  );
});

test('drafts and cancelled events are that at every instant', () => {
  fc.assert(
    fc.property(facts, instants, (given, now) => {
      if (given.decision !== 'published') assert.equal(eventStateAt(given, now), given.decision);
    }),
  );
});

test('time never leads back to an earlier state, whatever stock does', () => {
  const rank = { draft: -1, cancelled: -1, upcoming: 0, on_sale: 1, sold_out: 1, ended: 2 };
  fc.assert(
    fc.property(facts, instants, instants, fc.boolean(), (given, one, other, laterSoldOut) => {
      const published: EventStateFacts = { ...given, decision: 'published' };
      const [earlier, later] = one <= other ? [one, other] : [other, one];
      const before = eventStateAt(published, earlier);
      const after = eventStateAt({ ...published, isSoldOut: laterSoldOut }, later);
      assert.ok(rank[before] <= rank[after], `${before} → ${after}`);
    }),
  );
});
