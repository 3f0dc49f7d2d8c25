import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messagesOf } from '../../src/messages/messages.ts';
import { absenceOf, nowMs, opensAt, placeOf, sightOf, stateOf } from '../line.fixture.ts';
import { pictureOf } from './picture.ts';
import { type Sight, type Standing, standingOf } from './standing.ts';

const texts = messagesOf('ko').line.page;
const draw = (change: Partial<Sight>, at = nowMs) =>
  pictureOf(sightOf(change), { texts, locale: 'ko', nowMs: at });

test('every phase of a line has its words, for who is in it and for who is not', () => {
  const lobby = placeOf({ state: 'lobby', number: null, ahead: null });
  const cases: readonly (readonly [Partial<Sight>, Standing])[] = [
    [{ hasSale: false, state: null, place: null }, 'no-sale'],
    [{ state: null }, 'checking'],
    [{ session: 'unknown', place: null }, 'checking'],
    [{ session: 'signed-out', place: null }, 'sign-in'],
    [{ state: stateOf({ phase: 'scheduled' }), place: absenceOf('none') }, 'early'],
    [
      {
        state: stateOf({ phase: 'scheduled', times: [opensAt, opensAt, opensAt + 9] }),
        place: absenceOf('none'),
      },
      'soon',
    ],
    [{ state: stateOf({ phase: 'lobby' }), place: absenceOf('none') }, 'outside-lobby'],
    [{ state: stateOf({ phase: 'lobby' }), place: lobby }, 'lobby'],
    [{ state: stateOf({ phase: 'drawing' }), place: lobby }, 'drawing'],
    [{ state: stateOf({ phase: 'drawing' }), place: absenceOf('none') }, 'outside-drawing'],
    [{ state: stateOf(), place: lobby }, 'drawing'],
    [{}, 'waiting'],
    [{ place: placeOf({ number: 812 }) }, 'called'],
    [{ place: placeOf({ state: 'called', number: 900 }) }, 'called'],
    [{ place: placeOf({ state: 'admitted', slotEndsAt: '2026-11-21T11:15:00Z' }) }, 'admitted'],
    [{ place: absenceOf('none') }, 'outside-open'],
    [{ state: stateOf({ phase: 'draining' }) }, 'waiting'],
    [{ state: stateOf({ phase: 'draining' }), place: absenceOf('left') }, 'closed'],
    [{ state: stateOf({ phase: 'paused' }), place: placeOf({ number: 3 }) }, 'paused'],
    [{ state: stateOf({ phase: 'paused' }), place: absenceOf('none') }, 'outside-paused'],
    [{ state: stateOf({ phase: 'soldout' }), place: placeOf({ number: 3 }) }, 'soldout'],
    [{ state: stateOf({ phase: 'soldout' }), place: absenceOf('none') }, 'outside-soldout'],
    [{ place: absenceOf('left') }, 'left'],
    [{ place: absenceOf('done') }, 'done'],
    [{ state: stateOf({ phase: 'ended' }) }, 'ended'],
    [{ state: stateOf({ phase: 'cancelled' }), session: 'signed-out', place: null }, 'cancelled'],
  ];
  for (const [change, standing] of cases) {
    assert.equal(standingOf(sightOf(change)), standing, JSON.stringify(change));
    assert.equal(draw(change).texts.title, texts.standing[standing].title);
  }
  assert.deepEqual(new Set(cases.map(([, standing]) => standing)), new Set(Object.keys(texts.standing)));
});

test('who waits sees the people ahead, a band for the wait and how far the line has come', () => {
  const { texts: seen, progress, stock, parts } = draw({});
  assert.equal(seen.ahead, '1,235명');
  assert.equal(seen.number, '2,048번');
  assert.equal(seen.serving, '812번까지');
  assert.equal(seen.wait, '약 1분~3분');
  assert.ok(progress > 0.39 && progress < 0.4);
  assert.deepEqual(
    stock.map(({ left }) => left),
    ['12', '매진'],
  );
  assert.deepEqual([parts.leave, parts.expect, parts.draw], [true, true, true]);
});

test('who is next is told so, and nobody is told a wait while nothing moves', () => {
  assert.equal(draw({ place: placeOf({ number: 813 }) }).texts.ahead, '다음 차례');
  const paused = draw({ state: stateOf({ phase: 'paused', notice: { ko: '점검 중', en: 'Check' } }) });
  assert.deepEqual(
    [paused.texts.wait, paused.texts.notice, paused.tone],
    [texts.waitUnknown, '점검 중', 'warn'],
  );
});

test('a pause before the opening is said as one, with what the countdown means then', () => {
  const notice = { ko: '점검 중', en: 'Check' };
  const lobby = { place: placeOf({ state: 'lobby', number: null }) };
  const paused = draw({ ...lobby, state: stateOf({ phase: 'lobby', notice }) }, (opensAt - 61) * 1000);
  assert.deepEqual(
    [paused.texts.paused, paused.texts.notice, paused.texts.pausedMeans, paused.texts.clockLabel],
    [texts.paused, '점검 중', texts.pausedBeforeOpening, texts.untilPlanned],
  );
  assert.deepEqual([paused.texts.clock, paused.parts.pause], ['1:01', true]);
  const early = draw({ state: stateOf({ phase: 'scheduled', notice }), place: absenceOf('none') });
  assert.deepEqual(
    [early.texts.pausedMeans, early.texts.clockLabel],
    [texts.pausedBeforeLobby, texts.untilLobby],
  );
});

test('a pause without words is still said, and without a pause nothing is', () => {
  const lobby = { place: placeOf({ state: 'lobby', number: null }) };
  const wordless = draw({ ...lobby, state: stateOf({ phase: 'lobby', notice: { ko: '', en: '' } }) });
  assert.deepEqual(
    [wordless.texts.paused, wordless.texts.notice, wordless.parts.pause],
    [texts.paused, null, true],
  );
  const calm = draw({ ...lobby, state: stateOf({ phase: 'lobby' }) }, (opensAt - 61) * 1000);
  assert.deepEqual(
    [calm.texts.paused, calm.texts.pausedMeans, calm.parts.pause, calm.texts.clockLabel],
    [null, null, false, texts.untilOpening],
  );
});

test('the countdown goes to the lobby, then to the opening, and never below nothing', () => {
  const before = { state: stateOf({ phase: 'scheduled' }), place: absenceOf('none') };
  assert.equal(draw(before, (opensAt - 1860) * 1000).texts.clock, '1:00');
  assert.equal(draw(before, opensAt * 1000).texts.clock, '0:00');
  const lobby = draw({ state: stateOf({ phase: 'lobby' }), place: absenceOf('none') }, (opensAt - 61) * 1000);
  assert.deepEqual([lobby.texts.clock, lobby.texts.join], ['1:01', texts.joinLobby]);
  assert.equal(draw({}).texts.clock, null);
});

test('a number is not made up before the draw, and the reader counts as one of those who wait', () => {
  const place = placeOf({ state: 'lobby', number: null, lobbyIndex: 7 });
  const { texts: seen } = draw({ state: stateOf({ phase: 'lobby', issued: 0 }), place });
  assert.deepEqual([seen.ahead, seen.number, seen.wait, seen.gathered], [null, null, null, '8명']);
});
