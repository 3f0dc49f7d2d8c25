import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seoulClock, seoulClockLater, seoulClockOn, seoulInstant } from './seoul-time.ts';

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);

test('an instant shows on the clock in Seoul and comes back to its minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: earliest, max: latest }), (ms) => {
      const instant = seoulInstant(seoulClock(ms));
      assert.equal(Date.parse(instant ?? ''), Math.floor(ms / 60_000) * 60_000);
    }),
  );
});

test('the zone is said, whatever the zone of the device', () => {
  assert.equal(seoulClock('2027-04-30T15:00:00Z'), '2027-05-01T00:00');
  assert.equal(seoulInstant('2027-05-01T00:00'), '2027-05-01T00:00:00+09:00');
});

test('what no clock shows is no instant', () => {
  for (const clock of [
    '',
    '2027-02-30T10:00',
    '2027-13-01T10:00',
    '2027-01-01T24:00',
    '2027-01-01',
    '12027-01-01T10:00',
  ])
    assert.equal(seoulInstant(clock), undefined, clock);
});

test('a clock moves over midnight, and a day is a day in Seoul', () => {
  assert.equal(seoulClockLater('2027-05-01T00:30', -60), '2027-04-30T23:30');
  assert.equal(seoulClockLater('', -60), undefined);
  assert.equal(seoulClockOn(Date.parse('2027-04-30T16:00:00Z'), 7, '20:00'), '2027-05-08T20:00');
});
