import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  boundedCamera,
  cameraBetween,
  fitCamera,
  pannedBy,
  toHall,
  toScreen,
  visibleBounds,
  zoomedAt,
} from './viewport.ts';

const bounds = { left: -6_000, top: -700, right: 6_000, bottom: 9_000 };
const size = { width: 390, height: 600 };
const coordinate = fc.integer({ min: -6_000, max: 6_000 });
const camera = fc.record({
  x: coordinate,
  y: coordinate,
  scale: fc.double({ min: 0.02, max: 1.2, noNaN: true }),
});
const point = fc.record({ x: fc.integer({ min: 0, max: 390 }), y: fc.integer({ min: 0, max: 600 }) });

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 1e-3;
}

test('screen and hall are two names of the same place', () => {
  fc.assert(
    fc.property(camera, point, (at, place) => {
      const back = toScreen(at, size, toHall(at, size, place));
      assert.ok(isNear(back.x, place.x) && isNear(back.y, place.y));
    }),
  );
});

test('zooming keeps what is under the finger', () => {
  fc.assert(
    fc.property(camera, point, fc.double({ min: 0.3, max: 3, noNaN: true }), (at, finger, factor) => {
      const under = toHall(at, size, finger);
      const after = toScreen(zoomedAt(at, size, factor, finger), size, under);
      assert.ok(isNear(after.x, finger.x) && isNear(after.y, finger.y));
    }),
  );
});

test('dragging moves the hall with the finger', () => {
  const before = { x: 0, y: 0, scale: 0.5 };
  assert.deepEqual(pannedBy(before, 10, -20), { x: -20, y: 40, scale: 0.5 });
});

test('the whole hall fits', () => {
  const seen = visibleBounds(fitCamera(bounds, size), size);
  assert.ok(seen.left <= bounds.left + 1 && seen.right >= bounds.right - 1);
  assert.ok(seen.top <= bounds.top + 1 && seen.bottom >= bounds.bottom - 1);
});

test('the whole hall fits clear of the buttons: above them on a phone, beside them elsewhere', () => {
  const phone = fitCamera(bounds, size);
  assert.ok(toScreen(phone, size, { x: 0, y: bounds.bottom }).y <= size.height - 60);
  const wide = { width: 900, height: 600 };
  const flat = { left: -6_000, top: 0, right: 6_000, bottom: 2_000 };
  assert.ok(toScreen(fitCamera(flat, wide), wide, { x: flat.right, y: 0 }).x <= wide.width - 60);
});

test('a camera never leaves the hall, and bounding it twice changes nothing', () => {
  fc.assert(
    fc.property(camera, (at) => {
      const once = boundedCamera(at, bounds, size);
      const twice = boundedCamera(once, bounds, size);
      assert.ok(isNear(once.x, twice.x) && isNear(once.y, twice.y) && isNear(once.scale, twice.scale));
      assert.ok(once.x >= bounds.left && once.x <= bounds.right);
    }),
  );
});

test('a glide begins and ends where it should', () => {
  fc.assert(
    fc.property(camera, camera, (from, to) => {
      const [start, end] = [cameraBetween(from, to, 0), cameraBetween(from, to, 1)];
      assert.ok(isNear(start.x, from.x) && isNear(start.scale, from.scale));
      assert.ok(isNear(end.x, to.x) && isNear(end.y, to.y) && isNear(end.scale, to.scale));
    }),
  );
});
