import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloursOf, contrast } from './colours.ts';
import { drawPoster, motifOf } from './draw-poster.ts';
import { posterAddress, readPosterAddress } from './poster-address.ts';
import { posterTitle } from './poster-title.ts';

const palette = ['#0b3954', '#8fd6e1', '#ff6663'];
const names = Array.from({ length: 300 }, (_, index) => `show-${index}`);

test('the same event has the same poster, another one another', () => {
  assert.equal(drawPoster('show-1', palette), drawPoster('show-1', palette));
  assert.notEqual(drawPoster('show-1', palette), drawPoster('show-2', palette));
});

test('chance gives every motif to some event', () => {
  assert.equal(new Set(names.map(motifOf)).size, 9);
});

test('a name that speaks of the sea, the moon or an orchard gets what it speaks of', () => {
  assert.equal(motifOf('keeper-of-the-glass-sea'), 'waves');
  assert.equal(motifOf('moonrise-laundry'), 'moon');
  assert.equal(motifOf('blue-sail-paper-orchard'), 'botanical');
});

test('drawings hold numbers and colours, stay small, and fit any format', () => {
  for (const name of names)
    for (const size of [
      [600, 600],
      [1200, 630],
      [180, 180],
    ] as const) {
      const drawn = drawPoster(name, palette, size);
      assert.doesNotMatch(drawn, /NaN|undefined|Infinity/, `${name} ${motifOf(name)}`);
      assert.ok(drawn.length < 40_000, `${name} takes ${drawn.length}`);
    }
});

test('letters on a poster are readable whatever the palette', () => {
  for (const colours of [['#808080'], ['#ffffff', '#fefefe'], ['#000000', '#111111', '#222222'], palette]) {
    const { background, ink } = coloursOf(colours);
    assert.ok(contrast(background, ink) >= 4.5, colours.join());
  }
});

test('an address says what to draw, and anything else is refused', () => {
  const address = new URL(posterAddress('show-1', palette), 'http://localhost');
  assert.deepEqual(
    readPosterAddress(address.pathname.slice('/posters/'.length), address.searchParams.get('c')),
    {
      slug: 'show-1',
      palette,
    },
  );
  assert.equal(readPosterAddress('show-1.svg', 'red'), undefined);
  assert.equal(readPosterAddress('show-1.svg', null), undefined);
  assert.equal(readPosterAddress('../show.svg', '0b3954'), undefined);
});

test('a poster sets the name of a show large and the rest small', () => {
  assert.deepEqual(posterTitle('미리새 월드투어 〈궤도〉 인천'), {
    before: '미리새 월드투어',
    name: '궤도',
    after: '인천',
  });
  assert.deepEqual(posterTitle('Surf Static: Low Tide'), {
    before: 'Surf Static',
    name: 'Low Tide',
    after: '',
  });
  assert.deepEqual(posterTitle('The Paper Orchard'), { before: '', name: 'The Paper Orchard', after: '' });
});
