import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grown } from './geometry.ts';
import { SeatGrid } from './seat-grid.ts';
import { placeBeside } from './sign-place.ts';
import { testHall } from './test-hall.ts';

const hall = testHall(3);
const ground = { grid: new SeatGrid(hall.x, hall.y), stage: hall.stage };

test('a sign beside a section lies on no seat', () => {
  for (const section of hall.sections) {
    const place = placeBeside(ground, section, 200, 60);
    assert.ok(place !== undefined);
    let covered = 0;
    ground.grid.eachIn(grown(place, 23), () => (covered += 1));
    assert.equal(covered, 0);
  }
});

test('a sign that has no room is left out', () => {
  const [front] = hall.sections;
  assert.ok(front !== undefined);
  const everywhere = { left: -9_000, top: -9_000, right: 9_000, bottom: 9_000 };
  assert.equal(placeBeside({ ...ground, stage: everywhere }, front, 200, 60), undefined);
});
