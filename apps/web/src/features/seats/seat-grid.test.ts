import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SeatGrid } from './seat-grid.ts';

const coordinate = fc.integer({ min: -3_000, max: 3_000 });
const seats = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 200 });

function gridOf(places: readonly (readonly [number, number])[]): SeatGrid {
  return new SeatGrid(
    places.map(([x]) => x),
    places.map(([, y]) => y),
  );
}

test('a rectangle finds exactly the seats in it', () => {
  fc.assert(
    fc.property(
      seats,
      coordinate,
      coordinate,
      fc.nat(2_000),
      fc.nat(2_000),
      (places, left, top, width, height) => {
        const area = { left, top, right: left + width, bottom: top + height };
        const found: number[] = [];
        gridOf(places).eachIn(area, (seat) => found.push(seat));
        const expected = places.flatMap(([x, y], seat) =>
          x >= area.left && x <= area.right && y >= area.top && y <= area.bottom ? [seat] : [],
        );
        assert.deepEqual(
          found.toSorted((one, other) => one - other),
          expected,
        );
      },
    ),
  );
});

test('the nearest seat is as near as any that passes', () => {
  fc.assert(
    fc.property(seats, coordinate, coordinate, fc.integer({ min: 1, max: 2_000 }), (places, x, y, within) => {
      const passes = (seat: number) => seat % 3 !== 0;
      const found = gridOf(places).nearest(x, y, within, passes);
      const distances = places.flatMap(([seatX, seatY], seat) =>
        passes(seat) ? [Math.hypot(seatX - x, seatY - y)] : [],
      );
      const shortest = Math.min(...distances, Infinity);
      const [seatX, seatY] = places[found ?? -1] ?? [NaN, NaN];
      if (found === undefined) assert.ok(shortest > within - 1e-9);
      else assert.ok(Math.abs(Math.hypot(seatX - x, seatY - y) - shortest) < 1e-9 && passes(found));
    }),
  );
});
