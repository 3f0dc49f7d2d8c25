import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageLanguage } from './page-language.ts';

test("a page speaks the browser's first language of ours, and Korean to everybody else", () => {
  const cases = {
    'ko-KR,ko;q=0.9,en;q=0.8': 'ko',
    'en-GB,en;q=0.9,ko;q=0.8': 'en',
    'fr,ko;q=0.3,en;q=0.7': 'en',
    'en;q=0,fr': 'ko',
    '*': 'ko',
    '': 'ko',
  };
  for (const [header, language] of Object.entries(cases))
    assert.deepEqual(pageLanguage({}, header), { language, query: '' }, header);
  assert.equal(pageLanguage(undefined, undefined).language, 'ko');
});

test('a language chosen by hand goes on with the links', () => {
  assert.deepEqual(pageLanguage({ lang: 'en' }, 'ko'), { language: 'en', query: '?lang=en' });
  assert.deepEqual(pageLanguage({ lang: '"><b>' }, 'ko'), { language: 'ko', query: '' });
});
