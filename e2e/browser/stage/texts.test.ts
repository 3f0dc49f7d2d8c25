import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patternOf, textBeginning, textPattern } from './texts.ts';

test('a text without arguments matches itself alone', () => {
  assert.match('로그인', patternOf('로그인'));
  assert.doesNotMatch('로그인 하기', patternOf('로그인'));
  assert.match('Pay (now)?', patternOf('Pay (now)?'));
});

test('an argument matches anything, or what was given for it', () => {
  assert.match('2석 예매하기', patternOf('{count}석 예매하기'));
  assert.match('2석 예매하기', patternOf('{count}석 예매하기', { count: 2 }));
  assert.doesNotMatch('3석 예매하기', patternOf('{count}석 예매하기', { count: 2 }));
});

test('of a choice any may be said, and a tag is of no account', () => {
  const message = 'Hold <b>{count, plural, one {# seat of {total}} other {# seats}}</b> now';
  assert.match('Hold 1 seat of 8 now', patternOf(message));
  assert.match('Hold 2 seats now', patternOf(message, { count: 2 }));
  assert.doesNotMatch('Hold 2 seats now', patternOf(message, { count: 3 }));
  assert.doesNotMatch('Hold 2 places now', patternOf(message));
});

test('texts come from the pages’ own files', () => {
  assert.match('로그인', textPattern('ko', 'common.nav.logIn'));
  assert.match('Log in', textPattern('en', 'common.nav.logIn'));
});

test('a beginning of a text is enough where more follows', () => {
  const beginning = textBeginning('ko', 'common.nav.logIn');
  assert.match('로그인하고 계속', beginning);
  assert.doesNotMatch('먼저 로그인', beginning);
});
