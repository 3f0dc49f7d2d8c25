import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jpeg, png, webp } from '../testing/pictures.ts';
import { checkImage } from './check-image.ts';
import { readPictureHeader } from './image-format.ts';

const good = [
  ['image/png', png(640, 480)],
  ['image/jpeg', jpeg(640, 480)],
  ['image/webp', webp('VP8 ', 640, 480)],
  ['image/webp', webp('VP8L', 640, 480)],
  ['image/webp', webp('VP8X', 640, 480)],
] as const;

test('type and size are read from the content of each kind', () => {
  for (const [type, file] of good)
    assert.deepEqual(checkImage(type, file), { kind: 'picture', header: { type, width: 640, height: 480 } });
});

test('a file that is not what it was declared as is refused, and what it is is named', () => {
  for (const [type, file] of good) {
    const declared = type === 'image/png' ? 'image/jpeg' : 'image/png';
    assert.deepEqual(checkImage(declared, file), { kind: 'unreadable', found: type });
  }
});

test('SVG, HTML, GIF, BMP, PDF and nothing at all are refused whatever they are declared as', () => {
  const files = [
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><script>alert(1)</script></svg>',
    '<!doctype html><script>alert(1)</script>',
    'GIF89a\u0001\u0001',
    'BM',
    '%PDF-1.7',
    '',
  ];
  for (const text of files)
    for (const type of ['image/jpeg', 'image/png', 'image/webp', 'image/svg+xml', 'text/html'])
      assert.deepEqual(checkImage(type, Buffer.from(text)), { kind: 'unreadable', found: null });
});

test('a file that ends before its header, or its chunks, do is refused', () => {
  for (const [type, file] of good) {
    const shortest = type === 'image/jpeg' ? file.length - 30 : file.length - 1;
    for (const length of [1, 3, 9, 13, 20, shortest])
      assert.equal(
        checkImage(type, file.subarray(0, length)).kind,
        'unreadable',
        `${type} of ${length} bytes`,
      );
  }
});

test('sides and pixels have bounds, which belong to them', () => {
  const sizes = [
    [200, 200, 'picture'],
    [199, 400, 'dimensions'],
    [400, 199, 'dimensions'],
    [6000, 4000, 'picture'],
    [6000, 4001, 'dimensions'],
    [6001, 300, 'dimensions'],
    [0, 0, 'dimensions'],
    [65_535, 65_535, 'dimensions'],
  ] as const;
  for (const [width, height, kind] of sizes)
    assert.equal(checkImage('image/jpeg', jpeg(width, height)).kind, kind, `${width} × ${height}`);
});

test('any bytes, and any bytes after a signature, are judged in bounded time without a throw', () => {
  const heads = ['', '89504e470d0a1a0a0000000d49484452', 'ffd8ff', '52494646ffffffff574542505650385820'];
  const file = fc
    .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }))
    .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'hex'), rest]));
  fc.assert(
    fc.property(file, (bytes) => {
      readPictureHeader(bytes);
    }),
    { numRuns: 3_000 },
  );
  const startedAt = performance.now();
  for (const fill of [0x00, 0xff, 0xd0])
    readPictureHeader(Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(2 * 1024 * 1024, fill)]));
  const empty = Buffer.concat([png().subarray(0, 33), Buffer.alloc(2 * 1024 * 1024)]);
  readPictureHeader(empty);
  assert.ok(performance.now() - startedAt < 1_000);
});
