import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tilesFor } from './tile-set.ts';

test('tiles cover the part they are for, the middle first', () => {
  const coordinate = fc.integer({ min: -5_000, max: 5_000 });
  const length = fc.integer({ min: 1, max: 3_000 });
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      length,
      length,
      fc.integer({ min: 200, max: 2_000 }),
      (left, top, width, height, span) => {
        const part = { left, top, right: left + width, bottom: top + height };
        const tiles = tilesFor(part, span);
        const columns = tiles.map((tile) => tile.column);
        const rows = tiles.map((tile) => tile.row);
        assert.ok(
          Math.min(...columns) * span <= part.left && (Math.max(...columns) + 1) * span >= part.right,
        );
        assert.ok(Math.min(...rows) * span <= part.top && (Math.max(...rows) + 1) * span >= part.bottom);
        assert.equal(tiles.length, new Set(columns).size * new Set(rows).size);
      },
    ),
  );
});
