import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CameraMotion } from './camera-motion.ts';
import { toScreen } from './viewport.ts';

const bounds = { left: 0, top: 0, right: 20_000, bottom: 20_000 };
const seat = { x: 9_000, y: 9_500 };

function zoomedIn(): CameraMotion {
  const motion = new CameraMotion(bounds);
  motion.resize({ width: 390, height: 500 });
  motion.jump({ x: 10_000, y: 10_000, scale: 0.2 });
  return motion;
}

const placeOf = (motion: CameraMotion) => toScreen(motion.camera, motion.size, seat);

test('a map that becomes lower or higher moves no seat', () => {
  const motion = zoomedIn();
  const before = placeOf(motion);
  for (const height of [556, 420, 500]) {
    motion.resize({ width: 390, height });
    assert.ok(Math.abs(placeOf(motion).y - before.y) < 1e-6);
    assert.ok(Math.abs(placeOf(motion).x - before.x) < 1e-6);
  }
});

test('a map that is turned keeps its middle', () => {
  const motion = zoomedIn();
  motion.resize({ width: 800, height: 300 });
  assert.deepEqual([motion.camera.x, motion.camera.y], [10_000, 10_000]);
});

test('a map that shows all of the hall goes on to', () => {
  const motion = new CameraMotion(bounds);
  motion.resize({ width: 390, height: 500 });
  const { scale } = motion.camera;
  motion.resize({ width: 390, height: 250 });
  assert.ok(motion.camera.scale < scale);
});
