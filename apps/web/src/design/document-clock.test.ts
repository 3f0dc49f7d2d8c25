import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocumentClock } from './document-clock.ts';

const clock = { nowMs: 50_000, timeOriginMs: 40_000 };

test('a document was written between its request and its end', () => {
  const timings = [{ name: '/', requestStart: 100, responseEnd: 300 }];
  assert.deepEqual(readDocumentClock(41_200, timings, clock), { offsetMs: 1_000, uncertaintyMs: 100 });
});

test('the last part that came decides, and one still coming ends now', () => {
  const timings = [
    { name: '/', requestStart: 100, responseEnd: 300 },
    { name: '/?_rsc=1', requestStart: 9_000, responseEnd: 0 },
  ];
  assert.deepEqual(readDocumentClock(49_500, timings, clock), { offsetMs: 0, uncertaintyMs: 500 });
});

test('without any timing the document is taken for new', () => {
  assert.equal(readDocumentClock(51_000, [], clock).offsetMs, 1_000);
});
