import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacityLimits, rateLimits, readDraft, sliderFor } from './pace-draft.ts';

test('what was typed is a change, the same, or no number for this', () => {
  assert.deepEqual(readDraft(null, 100, capacityLimits), { kind: 'same' });
  assert.deepEqual(readDraft('100', 100, capacityLimits), { kind: 'same' });
  assert.deepEqual(readDraft(' 1,250 ', 100, capacityLimits), { kind: 'changed', value: 1250 });
  assert.deepEqual(readDraft('0', 100, capacityLimits), { kind: 'changed', value: 0 });
  for (const text of ['', '-1', '1.5', '1e3', '1000001', '99999999', '십', '٣'])
    assert.deepEqual(readDraft(text, 100, capacityLimits), { kind: 'invalid' }, text);
  assert.deepEqual(readDraft('0', 5, rateLimits), { kind: 'invalid' });
});

test('a slider reaches twice what is, and never past the limit', () => {
  assert.deepEqual(sliderFor(100, capacityLimits), { min: 0, max: 200, step: 1 });
  assert.deepEqual(sliderFor(2_500, capacityLimits), { min: 0, max: 5_000, step: 10 });
  assert.deepEqual(sliderFor(0, rateLimits), { min: 1, max: 10, step: 1 });
  assert.equal(sliderFor(900_000, capacityLimits).max, 1_000_000);
});
