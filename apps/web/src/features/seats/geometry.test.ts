import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundsOf, convexHull, isInside, overlap } from './geometry.ts';

const coordinate = fc.integer({ min: -5_000, max: 5_000 });
const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 3, maxLength: 60 });

test('every point is inside the hull of all points', () => {
  fc.assert(
    fc.property(points, (all) => {
      const hull = convexHull(all);
      fc.pre(hull.length > 2);
      assert.ok(all.every((point) => isInside(hull, point)));
    }),
  );
});

test('corners of a hull are some of its points', () => {
  fc.assert(
    fc.property(points, (all) => {
      for (const corner of convexHull(all))
        assert.ok(all.some(({ x, y }) => x === corner.x && y === corner.y));
    }),
  );
});

test('bounds hold every point and no more', () => {
  const bounds = boundsOf([3, -2, 7], [1, 9, 4]);
  assert.deepEqual(bounds, { left: -2, top: 1, right: 7, bottom: 9 });
});

test('rectangles that only touch overlap, rectangles apart do not', () => {
  const one = { left: 0, top: 0, right: 10, bottom: 10 };
  assert.ok(overlap(one, { left: 10, top: 10, right: 20, bottom: 20 }));
  assert.ok(!overlap(one, { left: 11, top: 0, right: 20, bottom: 10 }));
});
