import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { mostSeats, readHallFile } from './read-hall-file.ts';

const header = 'section,row,seat,grade,x,y,flags';
const good = [
  header,
  'A,1,1,VIP,0,0,',
  'A,1,2,VIP,50,0,wheelchair',
  '"B, left",1,1,R,0,90.5,companion|restricted-view',
];

type Case = readonly [name: string, csv: string, line: number, column: string | null, message: RegExp];
const cases: readonly Case[] = [
  ['an empty file', '', 1, null, /empty/],
  ['a file of blank lines', '\n\n', 1, null, /empty/],
  ['a header without places', `${header}\n`, 1, null, /no places/],
  ['a missing header', 'A,1,1,VIP,0,0,', 1, null, /first line/],
  ['a header in another order', `row,section,seat,grade,x,y,flags\nA,1,1,VIP,0,0,`, 1, null, /first line/],
  ['a repeated header column', `section,row,row,grade,x,y,flags\nA,1,1,VIP,0,0,`, 1, 'row', /twice/],
  ['too few columns', `${header}\nA,1,1,VIP,0,0`, 2, null, /6 columns/],
  ['too many columns', `${header}\nA,1,1,VIP,0,0,,x`, 2, null, /8 columns/],
  ['an unknown grade', `${header}\nA,1,1,vip,0,0,`, 2, 'grade', /"vip"/],
  ['a name of Object as a grade', `${header}\nA,1,1,__proto__,0,0,`, 2, 'grade', /__proto__/],
  ['a word for x', `${header}\nA,1,1,VIP,left,0,`, 2, 'x', /"left"/],
  ['NaN', `${header}\nA,1,1,VIP,NaN,0,`, 2, 'x', /NaN/],
  ['Infinity', `${header}\nA,1,1,VIP,0,Infinity,`, 2, 'y', /Infinity/],
  ['an exponent', `${header}\nA,1,1,VIP,0,1e3,`, 2, 'y', /1e3/],
  ['a hexadecimal number', `${header}\nA,1,1,VIP,0x10,0,`, 2, 'x', /0x10/],
  ['two decimals', `${header}\nA,1,1,VIP,0.25,0,`, 2, 'x', /0\.25/],
  ['a number too large', `${header}\nA,1,1,VIP,12345678,0,`, 2, 'x', /12345678/],
  ['an empty x', `${header}\nA,1,1,VIP,,0,`, 2, 'x', /number/],
  ['an empty label', `${header}\nA,,1,VIP,0,0,`, 2, 'row', /empty/],
  ['a label of blanks', `${header}\n"  ",1,1,VIP,0,0,`, 2, 'section', /empty/],
  ['a long label', `${header}\nA,1,${'9'.repeat(41)},VIP,0,0,`, 2, 'seat', /longer/],
  ['a NUL byte', `${header}\nA,1,\0,VIP,0,0,`, 2, 'seat', /printed/],
  ['a line break in a label', `${header}\n"A\nB",1,1,VIP,0,0,`, 3, 'section', /printed/],
  ['what is left of invalid UTF-8', `${header}\nA\u{fffd},1,1,VIP,0,0,`, 2, 'section', /UTF-8/],
  ['half a surrogate pair', `${header}\nA\ud83c,1,1,VIP,0,0,`, 2, 'section', /UTF-8/],
  ['an unknown flag', `${header}\nA,1,1,VIP,0,0,aisle`, 2, 'flags', /"aisle"/],
  ['an empty flag', `${header}\nA,1,1,VIP,0,0,blocked|`, 2, 'flags', /no flag ""/],
  ['a flag twice', `${header}\nA,1,1,VIP,0,0,blocked|blocked`, 2, 'flags', /twice/],
  ['the same place twice', `${header}\nA,1,1,VIP,0,0,\nA,1,1,VIP,90,0,`, 3, 'seat', /line 2/],
  [
    'the same place in another normal form',
    `${header}\n\u00e9,1,1,R,0,0,\ne\u0301,1,1,R,90,0,`,
    3,
    'seat',
    /line 2/,
  ],
  ['places on each other', `${header}\nA,1,1,VIP,0,0,\nA,1,2,VIP,31.8,-31.8,`, 3, 'x', /45 cm/],
  [
    'a quote that is not closed',
    `${header}\nA,1,1,VIP,0,0,\nA,"1,2,VIP,50,0,\nA,1,3,R,100,0,`,
    3,
    null,
    /quote/,
  ],
  ['a quote in the middle', `${header}\nA,1"2,2,VIP,50,0,`, 2, null, /quote/],
  ['a line without end', `${header}\nA,1,1,VIP,0,0,"${'x'.repeat(10_000)}`, 2, null, /4,096/],
];

for (const [name, csv, line, column, message] of cases) {
  test(`${name} is refused in its line`, async () => {
    const file = await readHallFile(csv);
    const [first] = file.errors.listed;
    assert.deepEqual([first?.line, first?.column], [line, column]);
    assert.match(first?.message.en ?? '', message);
    assert.ok((first?.message.ko ?? '').length > 0);
  });
}

test('a good file is taken as it is, with a BOM, CRLF, quotes, blanks and blank lines', async () => {
  const expected = await readHallFile(good.join('\n'));
  assert.equal(expected.errors.count, 0);
  assert.deepEqual(expected.seats[2], {
    section: 'B, left',
    row: '1',
    seat: '1',
    grade: 'R',
    x: 0,
    y: 90.5,
    flags: ['companion', 'restricted-view'],
  });
  for (const csv of [
    `\ufeff${good.join('\r\n')}\r\n`,
    `${good.join('\n')}\n\n`,
    good.join('\n').replace('A,1,1,VIP,0,0,', ' A , 1,1 ,VIP, 0 ,0, '),
    good.join('\n').replace('A,1,1,VIP,0,0', '"A","1","1","VIP","0","-0"'),
  ]) {
    const file = await readHallFile(csv);
    assert.deepEqual(file.errors.listed, []);
    assert.deepEqual(file.seats, expected.seats);
  }
});

test('a companion place without a wheelchair place in its row is only remarked on', async () => {
  const file = await readHallFile(good.join('\n'));
  assert.deepEqual([file.warnings.count, file.warnings.listed[0]?.line], [1, 4]);
});

test('every fault of every line is counted, the first hundred are listed', async () => {
  const lines = Array.from({ length: 150 }, (_, index) => `A,1,${index},Q,x,0,`);
  const file = await readHallFile([header, ...lines].join('\n'));
  assert.deepEqual([file.errors.count, file.errors.listed.length], [300, 100]);
});

test('a hall of more than 100,000 places is refused', async () => {
  const lines = Array.from({ length: mostSeats + 1 }, (_, index) => {
    const [row, seat] = [Math.floor(index / 500), index % 500];
    return `A,${row},${seat},R,${seat * 50},${row * 50},`;
  });
  const whole = await readHallFile([header, ...lines.slice(0, -1)].join('\n'));
  assert.deepEqual([whole.errors.count, whole.seats.length], [0, mostSeats]);
  const file = await readHallFile([header, ...lines].join('\n'));
  assert.deepEqual([file.errors.count, file.errors.listed[0]?.line], [1, mostSeats + 2]);
});

test('of millions of worthless lines no more are read than a hall may have', async () => {
  const file = await readHallFile(`${header}\n${',\n'.repeat(2_000_000)}`);
  assert.equal(file.errors.count, mostSeats + 1);
  const headless = await readHallFile(`no header\n${',\n'.repeat(2_000_000)}`);
  assert.equal(headless.errors.count, 1);
});

test('labels on the seam between two chunks stay whole', async () => {
  const lines = Array.from({ length: 8_000 }, (_, index) => `가온🎵,${index},1,R,0,${index * 50},`);
  const file = await readHallFile([header, ...lines].join('\n'));
  assert.equal(file.errors.count, 0);
  assert.ok(file.seats.every((seat) => seat.section === '가온🎵'));
});

for (const hall of ['small-theatre', 'large-theatre', 'stadium', 'dome']) {
  test(`the shipped hall ${hall} is accepted`, async () => {
    const csv = await readFile(new URL(`../../../../data/halls/${hall}.csv`, import.meta.url), 'utf8');
    const file = await readHallFile(csv);
    assert.deepEqual([file.errors.count, file.warnings.count], [0, 0]);
  });
}

test('a damaged file is read or refused, never half-read and never a crash', async () => {
  const text = good.join('\n');
  const damage = fc.record({
    at: fc.nat(text.length),
    removed: fc.nat(6),
    inserted: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('"', ',', '\n', '\r', '\0', '|', '\ufeff', '-', '1e9', ',,', '""', header),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      let damaged = text;
      for (const { at, removed, inserted } of damages)
        damaged = damaged.slice(0, at) + inserted + damaged.slice(at + removed);
      const file = await readHallFile(damaged);
      if (file.errors.count > 0) {
        assert.ok(file.errors.listed.length > 0 && file.errors.listed.every(({ line }) => line >= 1));
        return;
      }
      assert.ok(file.seats.length > 0);
      const places = file.seats.map(({ section, row, seat }) => JSON.stringify([section, row, seat]));
      assert.equal(new Set(places).size, places.length);
      for (const seat of file.seats) {
        assert.ok(Number.isFinite(seat.x) && Number.isFinite(seat.y));
        assert.doesNotMatch(seat.section + seat.row + seat.seat, /[\p{Cc}\p{Cs}]/u);
      }
    }),
    { numRuns: 1_000 },
  );
});
