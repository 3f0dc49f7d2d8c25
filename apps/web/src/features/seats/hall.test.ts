import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seatPlace, sectionIndexOf } from './hall.ts';
import { testHall } from './test-hall.ts';

test('a layout is read into columns with absolute places', () => {
  const hall = testHall();
  assert.equal(hall.seatCount, 40);
  assert.deepEqual([hall.x[0], hall.y[0]], [-225, 200]);
  assert.deepEqual([hall.x[39], hall.y[39]], [225, 440]);
});

test('a seat is called what its ticket says', () => {
  assert.deepEqual(seatPlace(testHall(), 31), { section: '나', row: '2', seat: '2', grade: 'S' });
});

test('grades come in the usual order, whatever the order of the file', () => {
  const hall = testHall();
  assert.deepEqual(hall.grades, ['R', 'S']);
  assert.equal(hall.grades[hall.grade[0] ?? 9], 'R');
});

test('a section knows its seats and the ground they stand on', () => {
  const hall = testHall();
  assert.equal(sectionIndexOf(hall, 19), 0);
  assert.equal(sectionIndexOf(hall, 20), 1);
  assert.deepEqual(hall.sections[0]?.bounds, { left: -225, top: 200, right: 225, bottom: 280 });
  assert.equal(hall.sections[0]?.outline.length, 4);
});

test('the stage stands in front of all seats', () => {
  const { stage } = testHall();
  assert.equal(stage.bottom, 0);
  assert.ok(stage.top < 0 && stage.left < 0 && stage.right > 0);
});
