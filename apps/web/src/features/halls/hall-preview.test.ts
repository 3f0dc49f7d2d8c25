import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { exampleHall } from './example-hall.ts';
import { bytesInJson, decodeHallFile, mostImportBytes } from './hall-file.ts';
import { linesOf, previewHall, valuesOf } from './hall-preview.ts';
import { dotsPath, frameOf } from './preview-drawing.ts';

const header = 'section,row,seat,grade,x,y,flags';

test('the shipped halls are drawn whole', async () => {
  for (const [name, seats] of [
    ['small-theatre', 265],
    ['dome', 15_000],
  ] as const) {
    const csv = await readFile(
      path.join(import.meta.dirname, '../../../../../data/halls', `${name}.csv`),
      'utf8',
    );
    const preview = previewHall(csv);
    assert.deepEqual([preview.seats.length, preview.unread], [seats, 0]);
    assert.deepEqual(preview.grades, ['VIP', 'R', 'S', 'A']);
    assert.equal(
      preview.sections.reduce((sum, section) => sum + section.seats, 0),
      seats,
    );
  }
});

test('a line that cannot be drawn is counted and leaves the others their line numbers', () => {
  const preview = previewHall(
    `${header}\r\nA,1,1,VIP,0,0,\r\nA,1,2,VIP,NaN,0,\r\n\r\nB,1,3,R,-50.5,10,blocked\r\n`,
  );
  assert.equal(preview.unread, 1);
  assert.deepEqual(preview.seats, [
    { line: 2, section: 'A', grade: 'VIP', x: 0, y: 0, isBlocked: false },
    { line: 5, section: 'B', grade: 'R', x: -50.5, y: 10, isBlocked: true },
  ]);
  assert.deepEqual(linesOf('\uFEFFa\rb\nc\r\nd'), ['a', 'b', 'c', 'd']);
});

test('values come back from quotes as they went in', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().filter((value) => !/[\r\n]/.test(value)),
        { minLength: 1, maxLength: 8 },
      ),
      (values) => {
        const line = values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
        assert.deepEqual(valuesOf(line), values);
      },
    ),
  );
  assert.deepEqual(valuesOf(',"a,b",,c'), ['', 'a,b', '', 'c']);
});

test('whatever a file holds, it is drawn or skipped', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (csv) => {
      const { seats, unread } = previewHall(`${header}\n${csv}`);
      assert.ok(seats.length + unread <= linesOf(csv).length);
    }),
  );
});

test('the example keeps the rules of the format', () => {
  const { seats, unread, grades } = previewHall(exampleHall());
  assert.deepEqual([seats.length, unread, grades.length], [120, 0, 4]);
  for (const [index, one] of seats.entries())
    for (const other of seats.slice(index + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 45);
  for (const flag of ['wheelchair', 'companion', 'blocked', 'restricted-view'])
    assert.match(exampleHall(), new RegExp(flag));
});

test('the drawing holds every place and the stage', () => {
  const { seats } = previewHall(exampleHall());
  const [left = 0, top = 0, width = 0, height = 0] = frameOf(seats).viewBox.split(' ').map(Number);
  for (const { x, y } of [...seats, { x: 0, y: 0 }])
    assert.ok(x > left && x < left + width && y > top && y < top + height);
  assert.equal(dotsPath(seats.slice(0, 2)).match(/M/g)?.length, 2);
});

test('a file is read as UTF-8, else as the encoding of Korean spreadsheets', () => {
  const utf8 = decodeHallFile(new TextEncoder().encode('가,나'));
  assert.deepEqual(utf8, { kind: 'read', text: '가,나', encoding: 'utf-8' });
  const korean = decodeHallFile(Uint8Array.of(0xb0, 0xa1));
  assert.deepEqual(korean, { kind: 'read', text: '가', encoding: 'euc-kr' });
  assert.equal(decodeHallFile(Uint8Array.of(0xff, 0xff)).kind, 'unreadable');
});

test('what would be too large on its way is refused before it is sent', () => {
  assert.equal(decodeHallFile(new Uint8Array(mostImportBytes + 1)).kind, 'too-large');
  // Line breaks take two bytes inside JSON.
  assert.equal(decodeHallFile(new Uint8Array(mostImportBytes - 10_000).fill(10)).kind, 'too-large');
  assert.equal(bytesInJson('a\n'), 5);
});
