import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageLimits } from '@urr/contracts/catalog-images.ts';
import { checkPicture, megabytesOf } from './check-picture.ts';

test('a picture of a known type fits up to the largest size', () => {
  for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
    assert.equal(checkPicture({ type, size: imageLimits.bytes }), 'fits');
    assert.equal(checkPicture({ type, size: imageLimits.bytes + 1 }), 'too-large');
  }
});

test('any other file is refused before it is sent', () => {
  for (const type of ['image/svg+xml', 'image/heic', 'text/html', ''])
    assert.equal(checkPicture({ type, size: 10 }), 'wrong-type');
});

test('a file that is too large never reads as one that is not', () => {
  assert.equal(megabytesOf(imageLimits.bytes + 1), '2.1');
  assert.equal(megabytesOf(5 * 1024 * 1024), '5.0');
});
