import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneDigit, percent, seconds } from './figure-text.ts';

test('a part is never shown as nothing, nor a rest as all', () => {
  assert.deepEqual(
    [
      [0, 10],
      [1, 10_000],
      [1, 30],
      [5, 10],
      [999, 1_000],
      [10, 10],
      [0, 0],
    ].map(([part, whole]) => percent(part ?? 0, whole ?? 0, 'ko')),
    ['0%', '0.1%', '3.3%', '50%', '99%', '100%', '0%'],
  );
});

test('small numbers have a digit after the point, large ones separators', () => {
  assert.deepEqual(
    [0, 0.25, 3, 9.96, 1_234.5].map((value) => oneDigit(value, 'en')),
    ['0', '0.3', '3', '10', '1,235'],
  );
});

test('a duration is told in the unit that reads best', () => {
  assert.deepEqual(
    [seconds(86, 'ko'), seconds(1_250, 'ko'), seconds(12_000, 'en')],
    ['86밀리초', '1.3초', '12 s'],
  );
});
