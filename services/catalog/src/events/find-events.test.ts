import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as routes from '@urr/contracts/catalog.ts';
import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import type { QueryOf } from '@urr/contracts/route-contract.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { type Database, openDatabase } from '@urr/platform/database.ts';
import { Secret } from '@urr/platform/secret.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import fc from 'fast-check';
import type { StockBook } from '../deps.ts';
import type { CatalogTables } from '../tables.ts';
import {
  bodyOf,
  type Caller,
  type CatalogUnderTest,
  hallImport,
  refusalOf,
  someone,
  startCatalog,
} from '../testing/catalog-under-test.ts';
import { eventInput } from '../testing/event-input.ts';
import { type EventSearch, findEvents } from './find-events.ts';

type Query = QueryOf<typeof routes.listEvents>;
const organiser = someone('organiser');
let catalog: CatalogUnderTest;
let database: Database<CatalogTables>;

const inputs: readonly EventInput[] = [
  { ...eventInput('on-sale-hall', 'hall'), startsAt: '+15d 19:00' },
  {
    ...eventInput('soon'),
    title: { ko: '100% 밤_하늘', en: 'Night sky' },
    artist: { slug: 'comet', name: { ko: '혜성', en: 'Comet' } },
    sale: { ...eventInput('soon').sale, opensAt: '+1d', endsAt: '+14d 18:00' },
  },
  {
    ...eventInput('cheap'),
    pools: [{ name: { ko: '가', en: 'A' }, grade: 'A-1', quantity: 5, price: 1_000 }],
  },
  {
    ...eventInput('seoul'),
    startsAt: '+30d 19:00',
    venue: {
      name: { ko: '강당'.normalize('NFD'), en: 'Aula Étoile' },
      address: { ko: '서울특별시 1', en: '1 Road, Seoul' },
    },
  },
  ...Array.from({ length: 12 }, (_, index) => eventInput(`same-start-${index}`)),
];

before(async () => {
  catalog = await startCatalog();
  database = openDatabase<CatalogTables>({
    url: new Secret(String(catalog.environment['CATALOG_DB_URL'])),
    poolSize: 1,
    logger: createLogger('test', 'silent'),
  });
  bodyOf(await catalog.call(routes.importHall, { body: hallImport('hall'), query: {} }, organiser));
  for (const body of inputs) {
    const { eventId } = bodyOf(await catalog.call(routes.createEvent, { body }, organiser));
    bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
  }
  bodyOf(await catalog.call(routes.createEvent, { body: eventInput('a-draft') }, organiser));
});
after(async () => {
  await database.close();
  await catalog.stop();
});

const list = async (query: Query, caller?: Caller) =>
  bodyOf(await catalog.call(routes.listEvents, { query }, caller));
const slugs = async (query: Query, caller?: Caller) =>
  (await list({ limit: 100, ...query }, caller)).events.map(({ slug }) => slug);

let added = 0;
const addEvent = async () => {
  const body = eventInput(`added-${(added += 1)}`);
  const { eventId } = bodyOf(await catalog.call(routes.createEvent, { body }, organiser));
  bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
};

const found: readonly (readonly [string, Query, readonly string[]])[] = [
  ['a word of the title in English, whatever its case', { q: 'SKY' }, ['soon']],
  ['a word of the title in Korean', { q: '밤_하늘' }, ['soon']],
  ['an artist in either language', { q: '혜성' }, ['soon']],
  ['an artist typed letter by letter', { q: '혜성'.normalize('NFD') }, ['soon']],
  ['a venue', { q: 'aula' }, ['seoul']],
  ['a capital with an accent', { q: 'ÉTOILE' }, ['seoul']],
  ['two words in two fields', { q: 'comet night' }, ['soon']],
  ['a percent sign as itself', { q: '100%' }, ['soon']],
  ['an underscore as itself', { q: '_' }, ['soon']],
  ['a backslash as itself', { q: '\\' }, []],
  ['an artist by slug', { artist: 'comet' }, ['soon']],
  ['a venue stored letter by letter', { q: '강당' }, ['seoul']],
  ['a city in Korean', { city: '서울특별시' }, ['seoul']],
  ['a city in English', { city: 'seoul' }, ['seoul']],
  ['a state', { state: 'upcoming' }, ['soon']],
  ['states that no event has', { state: 'ended,cancelled' }, []],
];
for (const [name, query, expected] of found) {
  test(`events are found by ${name}`, async () => assert.deepEqual(await slugs(query), expected));
}

test('events are filtered by the days they start on', async () => {
  const startsAt = (await list({ q: 'aula' })).events[0]?.startsAt ?? '';
  assert.deepEqual(await slugs({ from: startsAt }), ['seoul']);
  assert.ok(!(await slugs({ to: startsAt })).includes('seoul'));
  const day = new Date(Date.parse(startsAt) + 9 * 3_600_000).toISOString().slice(0, 10);
  assert.deepEqual(await slugs({ from: day, to: day }), ['seoul']);
});

test('drafts are in nobody’s list but their organiser’s own and admins’', async () => {
  assert.ok(!(await slugs({ state: 'draft' })).includes('a-draft'));
  assert.ok(!(await slugs({ state: 'draft' }, organiser)).includes('a-draft'));
  assert.deepEqual(await slugs({ mine: true, state: 'draft' }, organiser), ['a-draft']);
  assert.deepEqual(await slugs({ mine: true, state: 'draft' }, someone('admin')), ['a-draft']);
  assert.deepEqual(await slugs({ mine: true }, someone('organiser')), []);
  assert.equal(
    refusalOf(await catalog.call(routes.listEvents, { query: { mine: true } })),
    'unauthenticated',
  );
  const asFan = await catalog.call(routes.listEvents, { query: { mine: true } }, someone('fan'));
  assert.equal(refusalOf(asFan), 'forbidden');
});

for (const sort of ['startsAt', '-startsAt', 'opensAt', 'price', '-price', 'newest'] as const) {
  test(`pages in the order ${sort} leave nothing out and repeat nothing, also while events are added`, async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ sort, limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.events.map(({ slug }) => slug));
      cursor = page.nextCursor ?? undefined;
      if (seen.length < 9) await addEvent();
    } while (cursor !== undefined);
    const before = seen.filter((slug) => !slug.startsWith('added-'));
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(before.toSorted(), inputs.map(({ slug }) => slug).toSorted());
    const whole = await slugs({ sort });
    assert.deepEqual(
      before,
      whole.filter((slug) => !slug.startsWith('added-')),
    );
  });
}

test('the order by price has the cheapest first and shows the range', async () => {
  const { events } = await list({ sort: 'price', limit: 100 });
  assert.equal(events[0]?.slug, 'cheap');
  const inHall = events.find(({ slug }) => slug === 'on-sale-hall');
  assert.deepEqual([inHall?.minPrice, inHall?.maxPrice], [80_000, 120_000]);
});

test('a cursor that is none, or of another order, is refused', async () => {
  const { nextCursor } = await list({ sort: 'price', limit: 1 });
  const refused = [
    { cursor: 'bm9uZQ' },
    { cursor: nextCursor ?? '' },
    { cursor: Buffer.from('["startsAt",-8640000000000000,"x"]').toString('base64url') },
    {
      cursor: Buffer.from('["startsAt",1e300,"00000000-0000-4000-8000-000000000000"]').toString('base64url'),
    },
    {
      cursor: Buffer.from('["startsAt",9007199254740991,"00000000-0000-4000-8000-000000000000"]').toString(
        'base64url',
      ),
    },
  ];
  for (const query of refused)
    assert.equal(refusalOf(await catalog.call(routes.listEvents, { query })), 'invalid-input');
});

test('"n left" follows ticket-service within a second or so, and nothing left means sold out until something is', async () => {
  const [event] = (await list({ q: 'cheap' })).events;
  const eventId = event?.eventId ?? '';
  const leftNow = async () => (await list({ q: 'cheap', state: 'on_sale,sold_out' })).events[0];
  await waitUntil(async () => (await leftNow())?.grades[0]?.left === 5);
  catalog.ticket.taken.set(`${eventId} A-1`, 5);
  const started = performance.now();
  await waitUntil(async () => (await leftNow())?.state === 'sold_out');
  assert.ok(performance.now() - started < 2_500);
  assert.deepEqual(await slugs({ state: 'sold_out' }), ['cheap']);
  catalog.ticket.taken.set(`${eventId} A-1`, 4);
  await waitUntil(async () => (await leftNow())?.state === 'on_sale');
});

const noStock: StockBook = { of: () => undefined, soldOut: () => [] };
const everything: EventSearch = {
  words: [],
  states: ['draft', 'upcoming', 'on_sale', 'sold_out', 'ended', 'cancelled'],
  artist: undefined,
  city: undefined,
  from: undefined,
  to: undefined,
  order: 'startsAt',
  cursor: undefined,
  limit: 100,
  owner: 'all',
};

test('the store filters by the same rule that shows a state', async () => {
  const { events } = await findEvents({ db: database.db, stock: noStock }, everything);
  const ids = events.map(({ eventId }) => eventId);
  const everyGradeTaken = {
    asOf: new Date(),
    isStale: false,
    grades: [{ grade: 'A', price: 1, total: 1, left: 0 }],
  };
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(ids),
      fc.subarray([...everything.states], { minLength: 1 }),
      async (soldOut, states) => {
        const stock: StockBook = {
          of: (eventId) => (soldOut.includes(eventId) ? everyGradeTaken : undefined),
          soldOut: () => soldOut,
        };
        const shown = await findEvents({ db: database.db, stock }, everything);
        const filtered = await findEvents({ db: database.db, stock }, { ...everything, states });
        const expected = shown.events.filter(({ state }) => states.includes(state));
        assert.deepEqual(
          filtered.events.map(({ eventId, state }) => [eventId, state]),
          expected.map(({ eventId, state }) => [eventId, state]),
        );
      },
    ),
    { numRuns: 40 },
  );
});
