import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { drawHall } from './draw-hall.ts';
import type { HallPlan, Seat } from './plan.ts';
import { plans } from './plans.ts';
import { toCsv } from './to-csv.ts';

const leastDistance = 45;

const expectedSeats: Readonly<Record<string, number>> = {
  'small-theatre': 265,
  'large-theatre': 1250,
  stadium: 4900,
  dome: 15_000,
};

test('every shipped hall has a plan', () => {
  assert.deepEqual(
    plans.map(({ name }) => name),
    Object.keys(expectedSeats),
  );
});

for (const plan of plans) {
  const seats = drawHall(plan);

  test(`${plan.name}: drawing it again gives the shipped file, byte for byte`, async () => {
    assert.equal(toCsv(seats), await shippedFile(plan));
  });

  test(`${plan.name}: the shipped file has exactly ${expectedSeats[plan.name]} seats`, async () => {
    const lines = (await shippedFile(plan)).trimEnd().split('\n');
    assert.equal(lines.length - 1, expectedSeats[plan.name]);
  });

  test(`${plan.name}: no two seats are closer than ${leastDistance} cm`, () => {
    const pairs = closePairs(seats, leastDistance);
    assert.deepEqual(pairs, []);
  });

  test(`${plan.name}: section, row and seat name one seat`, () => {
    assert.equal(new Set(seats.map(label)).size, seats.length);
  });

  test(`${plan.name}: rows are curved and of unequal length`, () => {
    const rows = [...rowsOf(seats).values()];
    assert.ok(new Set(rows.map(({ length }) => length)).size >= 5);
    for (const row of rows.filter(({ length }) => length >= 10)) {
      assert.ok(sagitta(row) > 1.5, `${row.map(label).at(0)} begins a straight row`);
    }
  });

  test(`${plan.name}: odd and even rows take turns, so that seats are staggered`, () => {
    const rows = [...rowsOf(seats).values()].filter(({ length }) => length >= 5);
    const odd = rows.filter((row) => row.length % 2 === 1).length;
    assert.ok(odd > rows.length / 4 && odd < (rows.length * 3) / 4);
  });

  test(`${plan.name}: every wheelchair place has a companion seat beside it`, () => {
    const wheelchairs = seats.filter(({ flags }) => flags.includes('wheelchair'));
    const companions = seats.filter(({ flags }) => flags.includes('companion'));
    assert.ok(wheelchairs.length >= 2);
    assert.equal(companions.length, wheelchairs.length);
    for (const place of wheelchairs) {
      assert.ok(
        companions.some((other) => distance(place, other) < 100),
        label(place),
      );
    }
  });

  test(`${plan.name}: all grades are there, and some seats are blocked or have a restricted view`, () => {
    assert.deepEqual(new Set(seats.map(({ grade }) => grade)), new Set(['VIP', 'R', 'S', 'A']));
    const flags = new Set(seats.flatMap((seat) => seat.flags));
    assert.ok(flags.has('blocked') && flags.has('restricted-view'));
  });
}

function shippedFile(plan: HallPlan): Promise<string> {
  return readFile(new URL(`../../data/halls/${plan.name}.csv`, import.meta.url), 'utf8');
}

function label({ section, row, seat }: Seat): string {
  return `${section},${row},${seat}`;
}

function distance(a: Seat, b: Seat): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function rowsOf(seats: readonly Seat[]): Map<string, Seat[]> {
  return Map.groupBy(seats, ({ section, row }) => `${section},${row}`);
}

/** How far the row bends away from the straight line between its ends, in centimetres. */
function sagitta(row: readonly Seat[]): number {
  const [first, last] = [row.at(0), row.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const away = row.map(({ x, y }) => Math.abs(dx * (y - first.y) - dy * (x - first.x)) / Math.hypot(dx, dy));
  return Math.max(...away);
}

/** Seats sorted by x, each compared with those that follow it closely enough. */
function closePairs(seats: readonly Seat[], closerThan: number): string[] {
  const sorted = seats.toSorted((a, b) => a.x - b.x);
  return sorted.flatMap((seat, index) => {
    const pairs: string[] = [];
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (other === undefined || other.x - seat.x >= closerThan) break;
      if (distance(seat, other) < closerThan) pairs.push(`${label(seat)} and ${label(other)}`);
    }
    return pairs;
  });
}
