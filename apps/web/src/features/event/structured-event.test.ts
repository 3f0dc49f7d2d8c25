import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { scriptJson, structuredEvent } from './structured-event.ts';

const both = (text: string) => ({ ko: text, en: text });
const event: EventDetail = {
  eventId: '2ae3f87e-2b70-436d-a5ef-a12cb3fdf42d',
  slug: 'low-tide',
  state: 'on_sale',
  title: both('</script><script>alert(1)'),
  description: both('d'),
  artist: { artistId: '2ae3f87e-2b70-436d-a5ef-a12cb3fdf42e', slug: 'surf', name: both('Surf') },
  venue: { hallId: null, name: both('Club'), address: both('Seoul 1'), city: both('Seoul') },
  startsAt: '2026-12-01T11:00:00.000Z',
  sale: {
    lobbyOpensAt: '2026-11-01T00:00:00Z',
    opensAt: '2026-11-01T01:00:00Z',
    endsAt: '2026-12-01T10:00:00Z',
    limitPerAccount: 2,
  },
  minPrice: 1000,
  maxPrice: 2000,
  grades: [
    { grade: 'R', price: 2000, total: 3, left: 0 },
    { grade: 'S', price: 1000, total: 3, left: 2 },
  ],
  stock: { asOf: null, isStale: false },
  poster: { palette: ['#000000'] },
  ageLimit: 8,
  runningMinutes: 90,
  layout: null,
  pools: [],
};
const addresses = { page: 'http://localhost/ko/events/low-tide', image: 'http://localhost/image' };

test('times are Seoul’s, and each price says whether there is any left', () => {
  const described = JSON.parse(scriptJson(structuredEvent(event, 'ko', addresses)));
  assert.equal(described.startDate, '2026-12-01T20:00:00+09:00');
  assert.equal(described.endDate, '2026-12-01T21:30:00+09:00');
  assert.deepEqual(
    described.offers.map(({ availability }: { availability: string }) => availability),
    ['https://schema.org/SoldOut', 'https://schema.org/InStock'],
  );
});

test('a title cannot end the script it stands in', () => {
  assert.doesNotMatch(scriptJson(structuredEvent(event, 'ko', addresses)), /<\/?script/);
});

test('a cancelled event says so', () => {
  const described = structuredEvent({ ...event, state: 'cancelled' }, 'en', addresses);
  assert.match(scriptJson(described), /EventCancelled/);
});
