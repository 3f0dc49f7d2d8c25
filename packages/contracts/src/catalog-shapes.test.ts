import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Compile } from 'typebox/compile';
import { EventChange, SearchText } from './catalog-shapes.ts';

const change = Compile(EventChange);
const both = (text: string) => ({ ko: text, en: text });
const named = (text: string) => [
  { title: both(text) },
  { artist: { slug: 'a', name: both(text) } },
  { venue: { name: both(text), address: both('Seoul') } },
  { venue: { name: both('Hall'), address: both(text) } },
  { pools: [{ name: both(text), grade: 'R', quantity: 1, price: 1 }] },
];

const directing = '\u202a,\u202b,\u202c,\u202d,\u202e,\u2066,\u2067,\u2068,\u2069'.split(',');

test('no text of an organiser turns the text around it', () => {
  for (const sign of directing) {
    for (const body of [...named(`Show ${sign}txet`), { description: both(`A ${sign}night\nout`) }])
      assert.equal(change.Check(body), false, JSON.stringify(body));
  }
});

test('something is to be seen of every text of an organiser', () => {
  for (const text of [
    ' ',
    '\u200b',
    '\u200d\u200d',
    '\u3164',
    '\u2800 \u2800',
    '\ufeff',
    '\uffa0',
    '\ufe0f',
  ]) {
    for (const body of [...named(text), { description: both(text) }])
      assert.equal(change.Check(body), false, JSON.stringify(body));
  }
});

test('texts in any script and with joined emoji are taken', () => {
  const texts = ['밤기차 – 첫 공연', '각'.normalize('NFD'), '👩‍🎤 Live!', '❤️', 'می‌خواهم', 'שלום', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1'];
  for (const text of texts) {
    for (const body of [...named(text), { description: both(`${text}\n\t${text}`) }])
      assert.ok(change.Check(body), JSON.stringify(body));
  }
});

test('one may search by what was copied from anywhere', () => {
  assert.ok(Compile(SearchText).Check('\u202a밤기차\u202c'));
});
