import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routing } from '../../src/i18n/routing.ts';
import { messagesOf } from '../../src/messages/messages.ts';
import { absenceOf, nowMs, placeOf, sightOf, stateOf } from '../line.fixture.ts';
import type { Sight } from '../page/standing.ts';
import { type Frame, lineDocument, type LinePage, plainDocument } from './line-document.ts';
import { html, jsonMarkup } from './markup.ts';
import { readLineScript } from './script-files.ts';
import { compressPage } from './send.ts';
import { pageStyle } from './serve-line.ts';

const script = readLineScript();
const longTitle = { ko: '가'.repeat(200), en: 'Long title '.repeat(18) };

function frame(locale: 'ko' | 'en' = 'ko'): Frame {
  return {
    locale,
    texts: messagesOf(locale).line.page,
    theme: undefined,
    nonce: 'bm9uY2U=',
    style: pageStyle,
  };
}

function page(change: Partial<Sight> = {}, more: Partial<LinePage> = {}): LinePage {
  const text = { ko: '공연', en: 'Show' };
  return {
    event: {
      eventId: '0199c0de-0000-7000-8000-000000000000',
      slug: 'show',
      title: text,
      venue: { hallId: null, name: text, address: text, city: text },
      startsAt: '2026-12-01T11:00:00Z',
    },
    sight: sightOf(change),
    nowMs,
    isJoining: false,
    isPassing: false,
    refused: undefined,
    script: { entry: script.entry('ko'), modules: script.modules },
    ...more,
  };
}

test('HTML and CSS of the first load are under 14 KB on the wire, in both languages, at their longest', async () => {
  const stock = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`GRADE-${at}`, 12_345 + at]));
  for (const locale of routing.locales) {
    const event = { ...page().event, title: longTitle };
    const text = lineDocument(frame(locale), page({ state: stateOf({ stock }) }, { event }));
    const { length } = await compressPage(text);
    assert.ok(length < 14 * 1024, `${locale}: ${length}`);
    // Headers come on top; they are a kilobyte.
    assert.ok(length < 8 * 1024, `${locale}: ${length}`);
  }
});

test('what comes from elsewhere is escaped, in texts, attributes and the script’s own data', () => {
  const evil = `</script><script>alert(1)</script>"'&<b>`;
  const event = {
    ...page().event,
    title: { ko: evil, en: evil },
    venue: { ...page().event.venue, name: { ko: evil, en: evil } },
  };
  const state = stateOf({ phase: 'paused', notice: { ko: evil, en: evil }, stock: { [evil]: 1 } });
  const text = lineDocument(frame(), page({ state }, { event, refused: { title: evil, detail: evil } }));
  assert.ok(!text.includes('<script>alert'));
  assert.ok(!text.includes('<b>'));
  const known = /id="known"[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
  assert.equal((JSON.parse(known) as { title: string }).title, evil);
  assert.equal(html`<p title="${evil}">${evil}</p>`.markup.match(/[<>]/g)?.length, 4);
  assert.ok(!/[<>&]/.test(jsonMarkup({ evil }).markup));
});

test('the page works without a script: it asks for itself again, and its buttons are forms', () => {
  const waiting = lineDocument(frame(), page());
  assert.match(waiting, /<noscript\s*><meta http-equiv="refresh" content="10; url=\/ko\/events\/show\/line"/);
  assert.ok(isShown(waiting, 'data-leave'));
  assert.ok(!isShown(waiting, 'data-form="join"'));
  const called = lineDocument(frame(), page({ place: placeOf({ state: 'called' }) }));
  assert.ok(isShown(called, 'data-form="enter"'));
  const outside = lineDocument(frame(), page({ place: absenceOf('none') }));
  assert.ok(isShown(outside, 'data-form="join"'));
  const over = lineDocument(frame(), page({ state: stateOf({ phase: 'ended' }) }));
  assert.ok(!over.includes('http-equiv="refresh"'));
});

test('without a script, too, a lobby that is paused says so beside its countdown', () => {
  const { page: texts } = messagesOf('ko').line;
  const notice = { ko: '점검 중', en: 'Check' };
  const text = lineDocument(frame(), page({ state: stateOf({ phase: 'lobby', notice }) }));
  assert.ok(isShown(text, 'data-if="pause"') && isShown(text, 'data-if="clock"'));
  for (const said of [texts.paused, '점검 중', texts.pausedBeforeOpening, texts.untilPlanned])
    assert.ok(text.includes(said), said);
  assert.ok(!isShown(lineDocument(frame(), page()), 'data-if="pause"'));
});

test('who is not signed in is sent to log in and comes back to join', () => {
  const text = lineDocument(frame('en'), page({ session: 'signed-out', place: null }));
  assert.match(text, /href="\/en\/login\?next=%2Fen%2Fevents%2Fshow%2Fline%3Fjoin%3D1"/);
  assert.match(text, /href="\/en\/register\?next=%2Fen%2Fevents%2Fshow%2Fline%3Fjoin%3D1"/);
});

test('every script of a page carries its nonce, and none is written into it', () => {
  const text = lineDocument(frame(), page());
  for (const [tag] of text.matchAll(/<(?:script|link rel="modulepreload")[^>]*>/g))
    assert.match(tag, /nonce="bm9uY2U="/);
  assert.ok(!/\son\w+=/.test(text));
});

test('an event that is not there and a gateway that is not there are said', () => {
  const texts = messagesOf('ko').line.page;
  assert.match(plainDocument(frame(), texts.missing), /href="\/ko"/);
  assert.match(
    plainDocument(frame(), { ...texts.unreachable, retrySeconds: 5 }),
    /http-equiv="refresh" content="5"/,
  );
});

function isShown(text: string, mark: string): boolean {
  const [tag] = [...text.matchAll(/<\w[^>]*>/g)]
    .map(([found]) => found)
    .filter((found) => found.includes(mark));
  assert.ok(tag !== undefined, mark);
  return !/\shidden/.test(tag);
}
