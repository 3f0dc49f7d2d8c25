import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFilterInstant, resolveEventTime } from './event-time.ts';

// 23:30 on 31 December in Seoul.
const now = new Date('2026-12-31T14:30:00.000Z');

const resolved: readonly (readonly [string, string])[] = [
  ['2027-05-01T19:00:00+09:00', '2027-05-01T10:00:00.000Z'],
  ['2027-05-01T19:00Z', '2027-05-01T19:00:00.000Z'],
  ['2028-02-29T00:00:00.5Z', '2028-02-29T00:00:00.500Z'],
  ['+0m', '2026-12-31T14:30:00.000Z'],
  ['+10m', '2026-12-31T14:40:00.000Z'],
  ['-3h', '2026-12-31T11:30:00.000Z'],
  ['+2d', '2027-01-02T14:30:00.000Z'],
  ['+0d 19:00', '2026-12-31T10:00:00.000Z'],
  ['+1d 00:05', '2026-12-31T15:05:00.000Z'],
  ['+14d 19:00', '2027-01-14T10:00:00.000Z'],
];
for (const [text, instant] of resolved) {
  test(`${text} means ${instant}`, () => assert.equal(resolveEventTime(text, now)?.toISOString(), instant));
}

test('a clock time is of the day in Seoul, not of the day in UTC', () => {
  const afterMidnight = new Date('2026-12-31T15:30:00.000Z');
  assert.equal(resolveEventTime('+0d 19:00', afterMidnight)?.toISOString(), '2027-01-01T10:00:00.000Z');
});

for (const text of [
  '',
  'tomorrow',
  '2027-05-01',
  '2027-05-01T19:00:00',
  '2027-02-29T00:00:00Z',
  '2027-13-01T00:00:00Z',
  '2027-05-00T00:00:00Z',
  '2027-05-01T25:00:00Z',
  '2027-05-01T24:00:01Z',
  '2027-05-01T19:00:60Z',
  '0001-01-01T00:00:00Z',
  '9999-01-01T00:00:00Z',
  '10m',
  '+10',
  '+1.5h',
  '+9999999d',
  '+999999d',
  '+1d 24:00',
  '+1d 7:00',
  ' +1d',
]) {
  test(`${JSON.stringify(text)} is no time`, () => assert.equal(resolveEventTime(text, now), undefined));
}

test('any text resolves to a plausible instant or to none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+-]\d{1,7}[mhd]( \d\d:\d\d)?$/)), (text) => {
      const instant = resolveEventTime(text, now);
      if (instant !== undefined)
        assert.ok(instant.getUTCFullYear() >= 1999 && instant.getUTCFullYear() < 2200);
    }),
  );
});

test('a filter takes a day in Seoul from its start to its end', () => {
  assert.equal(readFilterInstant('2027-05-01', 'start')?.toISOString(), '2027-04-30T15:00:00.000Z');
  assert.equal(readFilterInstant('2027-05-01', 'end')?.toISOString(), '2027-05-01T15:00:00.000Z');
  assert.equal(readFilterInstant('2027-02-30', 'end'), undefined);
  assert.equal(readFilterInstant('+1d', 'start'), undefined);
});
