import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Booking, eventCancelledLetter, ticketsBookedLetter } from './booking-letters.ts';
import type { Language } from '@urr/platform/language.ts';
import { renderLetter } from './render-letter.ts';

const page = (path: string) => `https://urr.example/ko${path}`;
const booking: Booking = {
  reservationId: '0198f3a2-0000-7000-8000-000000000001',
  amount: 264_000,
  quantity: 2,
  show: {
    title: { ko: '한강의 밤', en: 'A Night by the Han' },
    venue: { ko: '올림픽홀', en: 'Olympic Hall' },
    startsAt: '2026-12-24T10:00:00.000Z',
  },
  seats: [
    { section: 'A', row: '3', seat: '12' },
    { section: 'A', row: '3', seat: '13' },
  ],
  places: [],
};
const bookedIn = (languages: readonly Language[], told: Booking = booking) =>
  renderLetter(
    languages.map((language) => ({ language, letter: ticketsBookedLetter(language, page, told) })),
  );

test('a booking is told with its show, seats, amount and a link', () => {
  const { subject, text, html } = bookedIn(['ko']);
  assert.equal(subject, '[URR] 예매가 완료되었습니다: 한강의 밤');
  assert.match(
    text,
    /공연: 한강의 밤\n일시: 2026년 12월 24일 목요일 오후 7:00\n장소: 올림픽홀\n좌석: A 3열 12번, A 3열 13번\n매수: 2매\n결제 금액: 264,000원/,
  );
  assert.ok(html.includes(`<a href="https://urr.example/ko/reservations/${booking.reservationId}">`));
  const english = bookedIn(['en']).text;
  assert.match(english, /Seats: A row 3 seat 12, A row 3 seat 13\nTickets: 2\nPaid: ₩264,000/);
  assert.match(english, /When: Thursday,? 24 December 2026 at 19:00/);
});

test('who never said a language gets both, Korean first', () => {
  const { subject, text, html } = bookedIn(['ko', 'en']);
  assert.equal(
    subject,
    '[URR] 예매가 완료되었습니다: 한강의 밤 / [URR] Your tickets are booked: A Night by the Han',
  );
  assert.ok(text.indexOf('한강의 밤') < text.indexOf('A Night by the Han'));
  assert.match(html, /<div lang="ko">.*<hr><div lang="en">/s);
});

test('seats without a label are left out', () => {
  const { text } = bookedIn(['ko'], { ...booking, seats: [{ section: 'A', row: '', seat: '' }] });
  assert.match(text, /장소: 올림픽홀\n매수: 2매/);
});

test('whatever a title says, it stays text on one line', () => {
  const evil = '</title><script>alert(1)</script>"\r\nBcc: spy@evil.example\u2028\u202e&\u0000\ud800';
  const title = { ko: evil, en: evil };
  const told = { ...booking, show: { title, venue: title, startsAt: '2026-12-24T10:00:00.000Z' } };
  for (const { subject, text, html } of [
    bookedIn(['ko', 'en'], told),
    renderLetter([{ language: 'ko', letter: eventCancelledLetter('ko', page, { ...booking, title }) }]),
  ]) {
    assert.ok(!/[\p{Cc}\p{Zl}\u202e]/u.test(subject));
    assert.ok(!/^Bcc/m.test(text));
    assert.ok(!/<script|\r|\n/.test(html));
  }
});

test('no value adds markup: with all text taken out, the tags are those of the letter', () => {
  const tagsOf = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/="[^"]*"/g, '')) ?? [];
  const expected = tagsOf(bookedIn(['ko']).html);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (ko, seat) => {
      const show = { title: { ko, en: ko }, venue: { ko, en: ko }, startsAt: '2026-12-24T10:00:00.000Z' };
      const seats = [{ section: seat, row: ko, seat: `1${seat}` }];
      const { html, subject } = bookedIn(['ko'], { ...booking, show, seats });
      assert.deepEqual(tagsOf(html), expected);
      assert.ok(!/[\r\n]/.test(subject) && subject.isWellFormed());
    }),
  );
});
