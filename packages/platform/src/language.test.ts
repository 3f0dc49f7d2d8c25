import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageFrom, languageOf } from './language.ts';

test('the first of our languages that a reader names is taken, and Korean when none is', () => {
  for (const [asked, from] of [
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en-GB,en;q=0.9,ko;q=0.8', 'en'],
    ['fr-FR, en;q=0.5', 'en'],
    ['fr', null],
    ['enm', null],
    ['x-ko', null],
    ['', null],
    [undefined, null],
  ] as const) {
    assert.equal(languageFrom(asked), from, asked);
    assert.equal(languageOf(asked), from ?? 'ko', asked);
  }
});
