import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as routes from '@urr/contracts/catalog.ts';
import type { EventChange, EventInput } from '@urr/contracts/catalog-shapes.ts';
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

let catalog: CatalogUnderTest;
const organiser = someone('organiser');
const stranger = someone('organiser');
const admin = someone('admin');

before(async () => {
  catalog = await startCatalog();
  bodyOf(await catalog.call(routes.importHall, { body: hallImport('hall'), query: {} }, organiser));
});
after(() => catalog.stop());

const create = (body: EventInput, caller: Caller = organiser, headers = {}) =>
  catalog.call(routes.createEvent, { body }, caller, headers);
const change = (eventId: string, body: EventChange, caller: Caller = organiser) =>
  catalog.call(routes.changeEvent, { params: { eventId }, body }, caller);
const publish = (eventId: string, caller: Caller = organiser) =>
  catalog.call(routes.publishEvent, { params: { eventId } }, caller);
const cancel = (eventId: string, caller: Caller = organiser) =>
  catalog.call(routes.cancelEvent, { params: { eventId } }, caller);
const show = (eventId: string, caller?: Caller) =>
  catalog.call(routes.getEvent, { params: { eventId } }, caller);
const draftOf = async (input: EventInput) => bodyOf(await create(input)).eventId;
const auditsOf = async (eventId: string) =>
  (
    await catalog.sql.query<{ actor: string; action: string; before: unknown; after: unknown }>(
      'SELECT actor, action, before, after FROM audit_log WHERE subject = $1 ORDER BY id',
      [`event:${eventId}`],
    )
  ).rows;

test('a draft is made, shown to its organiser alone, published, sold and cancelled, each step on record', async () => {
  const eventId = await draftOf(eventInput('steps', 'hall'));
  assert.equal(refusalOf(await show(eventId)), 'event-not-found');
  assert.equal(refusalOf(await show(eventId, stranger)), 'event-not-found');
  const draft = bodyOf(await show(eventId, organiser));
  assert.deepEqual([draft.state, draft.minPrice, draft.maxPrice], ['draft', 80_000, 120_000]);
  const published = bodyOf(await publish(eventId));
  assert.deepEqual([published.state, published.organiser?.inventory], ['on_sale', 'ready']);
  assert.equal(bodyOf(await show('steps')).layout?.seats, 30);
  assert.equal(bodyOf(await show('steps')).organiser, undefined);
  const inventory = catalog.ticket.inventories.get(eventId);
  assert.deepEqual([inventory?.layout?.seats.length, inventory?.cancelled], [30, false]);
  bodyOf(await change(eventId, { prices: { VIP: 130_000, R: 70_000 }, sale: { limitPerAccount: 2 } }));
  const repriced = catalog.ticket.inventories.get(eventId);
  assert.deepEqual([repriced?.prices[0]?.price, repriced?.limitPerAccount], [130_000, 2]);
  const cancelled = bodyOf(await cancel(eventId));
  const withdrawn = catalog.ticket.inventories.get(eventId);
  assert.deepEqual([cancelled.state, withdrawn?.cancelled], ['cancelled', true]);
  const revisions = [inventory, repriced, withdrawn].map((pushed) => pushed?.revision ?? 0);
  const [first = 0, second = 0, third = 0] = revisions;
  assert.ok(0 < first && first < second && second < third, `later pushes say so: ${revisions.join(' < ')}`);
  assert.equal(refusalOf(await change(eventId, { ageLimit: 19 })), 'event-cancelled');
  assert.equal(refusalOf(await publish(eventId)), 'event-cancelled');
  bodyOf(await cancel(eventId));
  const audits = await auditsOf(eventId);
  assert.deepEqual(
    audits.map(({ action }) => action),
    ['event.create', 'event.publish', 'event.change', 'event.cancel'],
  );
  assert.ok(audits.slice(1).every((row) => row.before !== null && row.after !== null));
});

test('publishing twice, at once or later, pushes one inventory and records one publication', async () => {
  const eventId = await draftOf(eventInput('twice'));
  const results = await Promise.all([publish(eventId), publish(eventId), publish(eventId)]);
  assert.ok(results.every((result) => bodyOf(result).organiser?.inventory === 'ready'));
  bodyOf(await publish(eventId));
  assert.equal(catalog.ticket.pushes.filter((pushed) => pushed === eventId).length, 1);
  assert.equal((await auditsOf(eventId)).length, 2);
});

test('what belongs to another organiser is neither changed nor published nor cancelled', async () => {
  const draft = await draftOf(eventInput('mine'));
  const published = await draftOf(eventInput('mine-published'));
  bodyOf(await publish(published));
  for (const attempt of [
    await change(draft, { ageLimit: 19 }, stranger),
    await publish(draft, stranger),
    await cancel(draft, stranger),
  ])
    assert.equal(refusalOf(attempt), 'event-not-found');
  for (const attempt of [
    await change(published, { ageLimit: 19 }, stranger),
    await publish(published, stranger),
    await cancel(published, stranger),
    await catalog.call(routes.importEvent, { body: eventInput('mine-published') }, stranger),
    await change(published, { ageLimit: 19 }, someone('fan')),
  ])
    assert.equal(refusalOf(attempt), 'forbidden');
  assert.equal(bodyOf(await show(draft, admin)).state, 'draft');
  assert.equal(bodyOf(await change(draft, { ageLimit: 19 }, admin)).ageLimit, 19);
  assert.equal(bodyOf(await show('mine-published')).ageLimit, 12);
});

test('grades without a price and prices without a grade keep an event from being published', async () => {
  const eventId = await draftOf({ ...eventInput('unpriced', 'hall'), prices: { VIP: 1_000 } });
  const result = await publish(eventId);
  assert.equal(refusalOf(result), 'event-not-publishable');
  assert.deepEqual(
    result.ok || (result.problem.data as { gradesWithoutPrice: string[] }).gradesWithoutPrice,
    ['R'],
  );
  assert.equal(bodyOf(await show(eventId, organiser)).state, 'draft');
  bodyOf(await change(eventId, { prices: { VIP: 1_000, R: 500 } }));
  bodyOf(await publish(eventId));
  assert.equal(refusalOf(await change(eventId, { prices: { VIP: 1_000 } })), 'event-not-valid');
});

test('a hall of blocked seats alone and a sale that is over are not published', async () => {
  const body = { ...hallImport('blocked'), csv: 'section,row,seat,grade,x,y,flags\nA,1,1,R,0,0,blocked' };
  bodyOf(await catalog.call(routes.importHall, { body, query: {} }, organiser));
  const empty = await draftOf({ ...eventInput('no-places', 'blocked'), prices: { R: 1 } });
  assert.equal(refusalOf(await publish(empty)), 'event-not-publishable');
  const over = { ...eventInput('over').sale, opensAt: '-2d', endsAt: '-1d' };
  const late = await draftOf({ ...eventInput('over'), sale: over });
  assert.equal(refusalOf(await publish(late)), 'event-not-publishable');
});

test('a published event sells from the layout it was published with', async () => {
  bodyOf(await catalog.call(routes.importHall, { body: hallImport('growing', 2), query: {} }, organiser));
  const eventId = await draftOf(eventInput('pinned', 'growing'));
  const { layout } = bodyOf(await publish(eventId));
  bodyOf(await catalog.call(routes.importHall, { body: hallImport('growing', 5), query: {} }, organiser));
  bodyOf(await change(eventId, { prices: { VIP: 9_000, R: 8_000 } }));
  assert.deepEqual(bodyOf(await show(eventId)).layout, layout);
  assert.equal(catalog.ticket.inventories.get(eventId)?.layout?.seats.length, 20);
});

test('a published event keeps its hall and its pools, and its opening once it has passed', async () => {
  const eventId = await draftOf(eventInput('fixed'));
  bodyOf(await publish(eventId));
  const pool = { name: { ko: '스탠딩', en: 'Standing' }, grade: 'STANDING', quantity: 100, price: 50_000 };
  const refused: readonly (readonly [EventChange, string])[] = [
    [{ pools: [{ ...pool, quantity: 99 }] }, 'published-places-fixed'],
    [{ pools: [{ ...pool, grade: 'OTHER' }] }, 'published-places-fixed'],
    [{ sale: { opensAt: '+1h' } }, 'sale-already-open'],
    [{ sale: { endsAt: '+15d' } }, 'event-not-valid'],
  ];
  for (const [body, code] of refused) assert.equal(refusalOf(await change(eventId, body)), code);
  const more = {
    pools: [
      { ...pool, quantity: 150 },
      { ...pool, grade: 'BALCONY', price: 40_000 },
    ],
  };
  const before = bodyOf(await show(eventId, organiser));
  const changed = bodyOf(await change(eventId, more));
  assert.equal(changed.pools[0]?.ticketTypeId, before.pools[0]?.ticketTypeId);
  assert.deepEqual(
    changed.pools.map(({ quantity }) => quantity),
    [150, 100],
  );
  assert.deepEqual([changed.minPrice, changed.maxPrice], [40_000, 50_000]);
});

test('a change that changes nothing is neither pushed nor recorded', async () => {
  const eventId = await draftOf(eventInput('same', 'hall'));
  bodyOf(await publish(eventId));
  const { organiser: before } = bodyOf(await show(eventId, organiser));
  bodyOf(await change(eventId, { prices: { R: 80_000, VIP: 120_000 }, ageLimit: 12 }));
  assert.equal(bodyOf(await show(eventId, organiser)).organiser?.version, before?.version);
  assert.equal((await auditsOf(eventId)).length, 2);
});

test('a slug is taken once, also when many ask at once; a repeat under its key answers the same draft', async () => {
  const results = await Promise.all(Array.from({ length: 8 }, () => create(eventInput('contested'))));
  assert.equal(results.filter((result) => result.ok).length, 1);
  assert.ok(results.every((result) => result.ok || result.problem.code === 'slug-taken'));
  const headers = { 'idempotency-key': randomUUID() };
  const first = bodyOf(await create(eventInput('keyed'), organiser, headers));
  assert.equal(bodyOf(await create(eventInput('keyed'), organiser, headers)).eventId, first.eventId);
  // The answer was lost with the process: the draft is there, the key's answer is not.
  await catalog.sql.query('DELETE FROM idempotency_keys WHERE key = $1', [headers['idempotency-key']]);
  assert.equal(bodyOf(await create(eventInput('keyed'), organiser, headers)).eventId, first.eventId);
  assert.equal(
    refusalOf(await create({ ...eventInput('keyed'), ageLimit: 1 }, organiser, headers)),
    'idempotency-key-reused',
  );
});

test('importing an event file again means the same event', async () => {
  const take = (body: EventInput) => catalog.call(routes.importEvent, { body }, organiser);
  const first = bodyOf(await take(eventInput('imported')));
  const again = bodyOf(await take({ ...eventInput('imported'), ageLimit: 15 }));
  assert.deepEqual([again.eventId, again.ageLimit], [first.eventId, 15]);
  const both = await Promise.all([take(eventInput('imported-twice')), take(eventInput('imported-twice'))]);
  assert.equal(new Set(both.map((result) => bodyOf(result).eventId)).size, 1);
});

test('only who entered an artist, or an admin, renames it', async () => {
  const named = (slug: string, en: string) => ({
    ...eventInput(slug),
    artist: { slug: 'the-band', name: { ko: '밴드', en } },
  });
  bodyOf(await create(named('band-1', 'The Band')));
  bodyOf(await create(named('band-2', 'Stolen Name'), stranger));
  const artist = async () =>
    bodyOf(await catalog.call(routes.getArtist, { params: { slug: 'the-band' } })).name.en;
  assert.equal(await artist(), 'The Band');
  bodyOf(await create(named('band-3', 'The New Band')));
  assert.equal(await artist(), 'The New Band');
});

test('when ticket-service does not answer, the organiser is told that the push is under way', async () => {
  const eventId = await draftOf(eventInput('slow'));
  catalog.ticket.mode = 'down';
  const published = bodyOf(await publish(eventId));
  assert.deepEqual([published.state, published.organiser?.inventory], ['on_sale', 'pending']);
  catalog.ticket.mode = 'up';
  await catalog.sql.query('UPDATE pushes SET next_attempt_at = clock_timestamp()');
  assert.equal(bodyOf(await publish(eventId)).organiser?.inventory, 'ready');
});

test('a stranger who says yes to a push has not taken it: it stays pending and is repeated', async () => {
  const eventId = await draftOf(eventInput('strange'));
  catalog.ticket.mode = 'stranger';
  assert.equal(bodyOf(await publish(eventId)).organiser?.inventory, 'pending');
  catalog.ticket.mode = 'up';
  await catalog.sql.query('UPDATE pushes SET next_attempt_at = clock_timestamp()');
  assert.equal(bodyOf(await publish(eventId)).organiser?.inventory, 'ready');
});

test('a push that ticket-service refuses for good is shown as refused and not repeated', async () => {
  const eventId = await draftOf(eventInput('conflict'));
  catalog.ticket.mode = 'conflict';
  const published = bodyOf(await publish(eventId));
  catalog.ticket.mode = 'up';
  assert.equal(published.organiser?.inventory, 'refused');
  assert.ok(!catalog.ticket.pushes.includes(eventId));
  assert.equal(bodyOf(await change(eventId, { ageLimit: 18 })).organiser?.inventory, 'ready');
});
