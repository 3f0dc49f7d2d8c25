import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messagesOf } from '../../src/messages/messages.ts';
import { nowMs, placeOf, sightOf, stateOf } from '../line.fixture.ts';
import { announcementOf, type Said } from './announcement.ts';
import { pictureOf } from './picture.ts';
import type { Sight } from './standing.ts';
import { waitText } from './wait-text.ts';

const texts = messagesOf('en').line.page;
const hear = (said: Omit<Said, 'isPaused'> & { isPaused?: boolean }, change: Partial<Sight>) => {
  const sight = sightOf(change);
  const heard = { isPaused: false, ...said };
  return announcementOf(heard, pictureOf(sight, { texts, locale: 'en', nowMs }), sight, texts);
};
const atDistance = (ahead: number) => ({ place: placeOf({ number: 812 + ahead + 1 }) });

test('a step forward is said only when it is a big one', () => {
  assert.equal(hear({ standing: 'waiting', ahead: 1_900 }, atDistance(1_100)), null);
  assert.match(hear({ standing: 'waiting', ahead: 1_100 }, atDistance(999)) ?? '', /999/);
  assert.match(hear({ standing: 'waiting', ahead: 101 }, atDistance(40)) ?? '', /40/);
});

test('the draw, a pause and the turn are said at once', () => {
  assert.match(hear({ standing: 'lobby', ahead: null }, atDistance(9)) ?? '', /822.*9/);
  assert.match(
    hear({ standing: 'waiting', ahead: 9 }, { state: stateOf({ phase: 'paused' }) }) ?? '',
    /paused/,
  );
  assert.equal(
    hear({ standing: 'waiting', ahead: 9 }, { place: placeOf({ state: 'called' }) }),
    texts.announce.called,
  );
});

test('a pause before the opening is said once, with the words of the organiser, and so is its end', () => {
  const notice = { ko: '점검 중', en: 'A short check.' };
  const place = placeOf({ state: 'lobby', number: null });
  const state = stateOf({ phase: 'lobby', notice });
  const said = { standing: 'lobby', ahead: null } as const;
  assert.match(hear(said, { state, place }) ?? '', /Admission is paused. A short check. .*later/);
  assert.equal(hear({ ...said, isPaused: true }, { state, place }), null);
  const resumed = { state: stateOf({ phase: 'lobby' }), place };
  assert.equal(hear({ ...said, isPaused: true }, resumed), texts.announce.resumed);
});

test('waits are said as people say them', () => {
  const said = (from: number, to: number) => waitText(from, to, messagesOf('ko').line.page.waitValue);
  assert.equal(said(5, 50), '1분 미만');
  assert.equal(said(170, 200), '약 3분');
  assert.equal(said(180, 360), '약 3분~6분');
  assert.equal(said(3_500, 7_300), '약 58분~2시간');
  assert.equal(said(5_400, 9_000), '약 1시간 30분~2시간 30분');
});
