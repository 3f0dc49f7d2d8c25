import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from 'qrcode/lib/core/qrcode.js';
import { qrPath } from './qr-path.ts';

test('runs of dark modules become rectangles', () => {
  const data = [1, 1, 0, 0, 0, 0, 1, 0, 1];
  assert.equal(qrPath({ size: 3, data }), 'M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z');
});

test('a path painted again is the QR it was drawn from', () => {
  const { modules } = create('urr1.some-code.12345678', { errorCorrectionLevel: 'M' });
  const painted = new Uint8Array(modules.size * modules.size);
  for (const [, x, y, length] of qrPath(modules).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    const start = Number(y) * modules.size + Number(x);
    painted.fill(1, start, start + Number(length));
  }
  assert.deepEqual([...painted], Array.from(modules.data, Number));
});
