import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradesInOrder, previewHall } from './hall-preview.ts';
import { previewOfLayout } from './layout-preview.ts';
import { shapesPath } from './preview-drawing.ts';

test('seats that are sold are drawn and counted as their file was', () => {
  const file = previewHall(
    [
      'section,row,seat,grade,x,y,flags',
      'A,1,1,R,-50,100,wheelchair',
      'A,1,2,R,0,100,blocked',
      'B,1,1,VIP,100,160,',
    ].join('\n'),
  );
  const layout = previewOfLayout({
    version: 'v',
    layoutId: '0199c0de-0000-7000-8000-000000000000',
    layoutVersion: 1,
    seatCount: 3,
    sections: ['A', 'B'],
    grades: ['R', 'VIP'],
    runs: [
      [0, '1', 2],
      [1, '1', 1],
    ],
    labels: ['1', '2', '1'],
    x: [-50, 50, 100],
    y: [100, 0, 60],
    grade: [0, 0, 1],
    flags: [1, 4, 0],
  });
  assert.deepEqual(layout, file);
  assert.deepEqual(layout.sections[0], { section: 'A', seats: 2, blocked: 1, byGrade: { R: 1 } });
});

test('grades stand in the order the map of fans has, so that each has the mark it has there', () => {
  assert.deepEqual(gradesInOrder(['S', 'B', 'VIP', 'S', 'A', 'R']), ['VIP', 'R', 'S', 'A', 'B']);
});

test('a shape is drawn once for each place, around its middle', () => {
  const path = shapesPath(
    [
      { x: 100, y: 50 },
      { x: 200, y: 50 },
    ],
    'square',
  );
  assert.equal(path, 'M84 34l32 0l0 32l-32 0zM184 34l32 0l0 32l-32 0z');
  assert.equal(shapesPath([{ x: 0, y: 0 }], 'circle').match(/a/g)?.length, 2);
});
