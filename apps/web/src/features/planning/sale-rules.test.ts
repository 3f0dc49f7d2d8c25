import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import fc from 'fast-check';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import { nextOpening, soldOf } from './own-figures.ts';
import { refusedFields, schemaMessages } from './refused-fields.ts';
import { assumedBuyer, estimateSale, fillSeconds } from './sale-estimate.ts';

test('a sale is held back by its rate or by the buyers inside, whichever is less', () => {
  assert.equal(estimateSale({ places: 5000, ratePerSecond: 1, capacity: 5000 })?.bound, 'rate');
  const wide = estimateSale({ places: 5000, ratePerSecond: 20, capacity: 500 });
  assert.equal(wide?.bound, 'capacity');
  assert.equal(wide?.placesPerMinute, 333);
  assert.equal(Math.round((wide?.seconds ?? 0) / 60), 18);
});

test('more capacity or a higher rate never makes a sale longer, and figures that are missing make no estimate', () => {
  const figure = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(
      figure,
      figure,
      figure,
      fc.integer({ min: 0, max: 1000 }),
      (places, ratePerSecond, capacity, more) => {
        const before = estimateSale({ places, ratePerSecond, capacity })?.seconds ?? 0;
        const after = estimateSale({
          places,
          ratePerSecond: ratePerSecond + more,
          capacity: capacity + more,
        });
        assert.ok((after?.seconds ?? Infinity) <= before && before >= assumedBuyer.seconds);
      },
    ),
  );
  assert.equal(estimateSale({ places: Number.NaN, ratePerSecond: 1, capacity: 1 }), undefined);
  assert.equal(estimateSale({ places: 0, ratePerSecond: 1, capacity: 1 }), undefined);
  assert.equal(fillSeconds({ ratePerSecond: 20, capacity: 500 }), 25);
});

test('a refusal names fields in one way, in the language of the page', () => {
  const message = { ko: '판매가 시작 전에 끝납니다.', en: 'The sale ends before it opens.' };
  const rule = problemDocument('event-not-valid', { data: { errors: [{ path: 'sale.endsAt', message }] } });
  assert.deepEqual(refusedFields(rule, 'ko'), { 'sale.endsAt': message.ko });
  assert.deepEqual(refusedFields(rule, 'en'), { 'sale.endsAt': message.en });
  const schema = problemDocument('invalid-input', {
    data: { errors: [{ path: 'body/pools/0/grade', message: 'must match pattern' }] },
  });
  assert.deepEqual(refusedFields(schema, 'ko'), { 'pools.0.grade': '' });
  assert.deepEqual(schemaMessages(schema), { 'pools.0.grade': 'must match pattern' });
  assert.deepEqual(schemaMessages(rule), {});
  assert.deepEqual(Object.keys(refusedFields(problemDocument('slug-taken'), 'ko')), ['slug']);
  assert.deepEqual(Object.keys(refusedFields(problemDocument('sale-already-open'), 'en')), ['sale.opensAt']);
  assert.deepEqual(refusedFields(problemDocument('overloaded'), 'ko'), {});
});

const offer = (total: number | null, left: number | null) => ({ grade: 'R', price: 1, total, left });

test('what is sold is said only when every grade is known', () => {
  assert.deepEqual(soldOf({ grades: [offer(10, 4), offer(5, 5)] }), { total: 15, left: 9 });
  assert.equal(soldOf({ grades: [offer(10, 4), offer(5, null)] }), undefined);
  assert.equal(soldOf({ grades: [] }), undefined);
});

test('the next opening is the earliest one ahead', () => {
  const at = (state: string, opensAt: string) => ({ state, sale: { opensAt } }) as EventSummary;
  const events = [
    at('upcoming', '2027-03-01T00:00:00Z'),
    at('upcoming', '2027-02-01T00:00:00Z'),
    at('draft', '2027-01-15T00:00:00Z'),
  ];
  assert.equal(nextOpening(events, Date.UTC(2027, 0, 1)), events[1]);
  assert.equal(nextOpening(events, Date.UTC(2027, 5, 1)), undefined);
});
