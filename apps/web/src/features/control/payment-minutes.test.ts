import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paymentMinutes } from './payment-minutes.ts';

test('minutes in which nobody paid are there too, the running one last', () => {
  const figures = {
    now: '2027-01-01T11:05:42.000Z',
    perMinute: [
      { at: '2027-01-01T11:03:00.000Z', done: 4, failed: 1 },
      { at: '2027-01-01T11:05:00.000Z', done: 2, failed: 0 },
      { at: '2027-01-01T10:00:00.000Z', done: 9, failed: 9 },
    ],
  };
  const minutes = paymentMinutes(figures, 4);
  assert.deepEqual(
    minutes.map(({ done, failed }) => [done, failed]),
    [
      [0, 0],
      [4, 1],
      [0, 0],
      [2, 0],
    ],
  );
  assert.equal(new Date(minutes.at(-1)?.atMs ?? 0).toISOString(), '2027-01-01T11:05:00.000Z');
});
