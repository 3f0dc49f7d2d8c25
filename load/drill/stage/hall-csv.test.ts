import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hallCsv } from './hall-csv.ts';

test('a hall has exactly the places asked for, none closer than an organiser may draw', () => {
  for (const seats of [1, 7, 200, 5_000]) {
    const places = hallCsv(seats)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    assert.equal(places.length, seats);
    assert.equal(new Set(places.map(([section, row, seat]) => `${section}/${row}/${seat}`)).size, seats);
    for (let index = 1; index < places.length; index += 1) {
      const [left, right] = [places[index - 1], places[index]];
      const distance = Math.hypot(
        Number(left?.[4]) - Number(right?.[4]),
        Number(left?.[5]) - Number(right?.[5]),
      );
      assert.ok(distance >= 45, `${distance} cm between two places`);
    }
  }
});

test('rows are unequal and every grade is there', () => {
  const places = hallCsv(5_000).trimEnd().split('\n').slice(1);
  const byRow = Map.groupBy(places, (line) => line.split(',')[1]);
  assert.ok(new Set([...byRow.values()].map((row) => row.length)).size > 10);
  assert.deepEqual([...new Set(places.map((line) => line.split(',')[3]))], ['VIP', 'R', 'S', 'A']);
});
