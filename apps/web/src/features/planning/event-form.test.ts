import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventInput } from '@urr/contracts/catalog-shapes.ts';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { changeBetween } from './event-change.ts';
import { faultOf, fieldRules, inFormOrder, slugOf, wholeNumber } from './event-fields.ts';
import { formOfInput, newEventForm } from './event-form.ts';
import { readEventForm } from './read-event-form.ts';
import { seoulClock, seoulInstant } from './seoul-time.ts';

const text = fc.string({ minLength: 1, maxLength: 30 }).map((value) => `가${value.replace(/\s/g, ' ')}나`);
const both = fc.record({ ko: text, en: text });
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/);
const minute = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((ms) => seoulInstant(seoulClock(ms)) ?? '');
const day = 24 * 60 * 60_000;
const start = Date.UTC(2027, 0, 1);
const whole = (min: number, max: number) => fc.integer({ min, max });

const show = fc.record({
  slug,
  title: both,
  description: both,
  artist: fc.record({ slug, name: both }),
  startsAt: minute(start + 20 * day, start + 30 * day),
  sale: fc.record({
    opensAt: minute(start, start + 9 * day),
    endsAt: minute(start + 10 * day, start + 19 * day),
    lobbyMinutes: whole(0, 10_080),
    capacity: whole(1, 1_000_000),
    ratePerSecond: whole(1, 100_000),
    threshold: whole(0, 10_000_000),
    limitPerAccount: whole(1, 20),
    slotSeconds: whole(30, 3600),
  }),
  ageLimit: whole(0, 120),
  runningMinutes: whole(1, 10_000),
  poster: fc.record({
    palette: fc.array(fc.stringMatching(/^#[0-9a-f]{6}$/), { minLength: 1, maxLength: 8 }),
  }),
});
const price = whole(1, 100_000_000);
const seated = fc.record({
  venue: fc.record({ hall: slug, name: both, address: both }),
  prices: fc.dictionary(fc.constantFrom('VIP', 'R', 'S', 'A'), price),
});
const standing = fc.record({
  venue: fc.record({ name: both, address: both }),
  pools: fc.uniqueArray(
    fc.record({
      name: both,
      grade: fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,9}$/),
      quantity: whole(1, 1_000_000),
      price,
    }),
    { minLength: 1, maxLength: 5, selector: (pool) => pool.grade },
  ),
});
const anyInput: fc.Arbitrary<EventInput> = fc
  .tuple(show, fc.oneof(seated, standing))
  .map(([facts, places]) => JSON.parse(JSON.stringify({ ...facts, ...places })) as EventInput);

test('an event goes into the form and comes out as it was', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const reading = readEventForm(formOfInput(input), ['VIP', 'R', 'S', 'A']);
      assert.deepEqual(reading, { kind: 'complete', input });
    }),
  );
});

test('what the form lets through, the contract takes', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const reading = readEventForm(formOfInput(input), undefined);
      assert.ok(reading.kind === 'complete' && Value.Check(EventInput, reading.input));
    }),
  );
});

test('what was not touched is no change, and a change laid over the event gives the new one', () => {
  fc.assert(
    fc.property(anyInput, anyInput, (before, after) => {
      assert.equal(changeBetween(before, structuredClone(before)), undefined);
      const change = changeBetween(before, after) ?? {};
      const { prices: _prices, pools: _pools, ...kept } = before;
      const isRepriced = change.prices !== undefined || change.pools !== undefined;
      const changed = {
        ...(isRepriced ? kept : before),
        ...change,
        sale: { ...before.sale, ...change.sale },
      };
      assert.deepEqual(changed, { ...after, slug: before.slug });
    }),
  );
});

test('only the touched time is sent', () => {
  const [before] = fc.sample(anyInput, { numRuns: 1, seed: 1 });
  assert.ok(before);
  const after = { ...before, sale: { ...before.sale, capacity: before.sale.capacity + 1 } };
  assert.deepEqual(changeBetween(before, after), { sale: { capacity: after.sale.capacity } });
});

test('a new form has sensible times and says every field that is still empty', () => {
  const form = newEventForm(Date.parse('2027-01-01T00:00:00+09:00'));
  const reading = readEventForm(form, undefined);
  assert.ok(reading.kind === 'faulty');
  assert.deepEqual(reading.faults['title.ko'], { code: 'required' });
  for (const path of ['startsAt', 'sale.opensAt', 'sale.endsAt', 'sale.capacity', 'ageLimit'])
    assert.equal(reading.faults[path], undefined, path);
});

test('faults are listed in the order of the form, prices and areas below the venue', () => {
  const paths = [
    'poster.palette.0',
    'sale.opensAt',
    'pools.0.name.ko',
    'venue.address.en',
    'slug',
    'prices.R',
  ];
  assert.deepEqual(inFormOrder([...paths, 'title.en', 'title.ko', 'startsAt']), [
    'title.ko',
    'title.en',
    'slug',
    'venue.address.en',
    'pools.0.name.ko',
    'prices.R',
    'startsAt',
    'sale.opensAt',
    'poster.palette.0',
  ]);
});

test('times out of order are said at the end of the sale', () => {
  const form = newEventForm(Date.now());
  const faultsWith = (endsAt: string) => {
    const reading = readEventForm({ ...form, texts: { ...form.texts, 'sale.endsAt': endsAt } }, undefined);
    return reading.kind === 'faulty' ? reading.faults['sale.endsAt']?.code : undefined;
  };
  assert.equal(faultsWith('2020-01-01T10:00'), 'endsBeforeOpening');
  assert.equal(faultsWith('2120-01-01T10:00'), 'endsAfterStart');
  assert.equal(faultsWith('nothing'), 'notTime');
});

test('areas are told apart by grade, and at least one is there', () => {
  const pool = { key: 1, nameKo: '가', nameEn: 'a', grade: 'A', quantity: '10', price: '1,000' };
  const form = { ...newEventForm(Date.now()), places: 'standing' as const };
  const twice = readEventForm({ ...form, pools: [pool, { ...pool, key: 2, price: '0' }] }, undefined);
  assert.ok(twice.kind === 'faulty');
  assert.equal(twice.faults['pools.1.grade']?.code, 'repeatedGrade');
  assert.deepEqual(twice.faults['pools.1.price'], { code: 'outOfRange', least: 1, most: 100_000_000 });
  assert.equal(twice.faults['pools.0.price'], undefined);
  assert.equal(twice.faults['venue.hall'], undefined);
  const none = readEventForm({ ...form, pools: [] }, undefined);
  assert.ok(none.kind === 'faulty' && none.faults['pools']?.code === 'noPools');
});

test('numbers are read as people type them, names for addresses are made of titles', () => {
  assert.equal(wholeNumber(' 132,000 '), 132_000);
  for (const typed of ['', '1.5', '-1', '1e3', '０']) assert.equal(wholeNumber(typed), undefined, typed);
  assert.equal(slugOf('  Café Noir: Low Tide!  '), 'cafe-noir-low-tide');
  assert.equal(slugOf('달이 뜨는 세탁소'), '');
  assert.equal(faultOf(fieldRules.slug, 'a--b')?.code, 'notSlug');
  assert.equal(faultOf(fieldRules.slug, '6e8f23d8-5f40-4a15-9f30-0c7cca441e62')?.code, 'slugLikeId');
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (typed) => {
      const made = slugOf(typed);
      assert.ok(made === '' || faultOf({ kind: 'slug' }, made) === undefined, made);
    }),
  );
});
