import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { eventInput } from '../testing/event-input.ts';
import { checkEvent } from './check-event.ts';

const now = new Date('2027-01-01T00:00:00Z');
const inHall = eventInput('show', 'hall');
const standing = eventInput('show');
const hallGrades = ['VIP', 'R'];

function faultPaths(input: EventInput, grades: readonly string[] | undefined = hallGrades): string[] {
  const check = checkEvent(input, { now, hallGrades: grades });
  return check.kind === 'valid' ? [] : check.faults.map(({ path }) => path);
}

test('a show in a hall and a standing show are taken', () => {
  assert.deepEqual([faultPaths(inHall), faultPaths(standing)], [[], []]);
});

test('times are resolved against the clock given', () => {
  const check = checkEvent(standing, { now, hallGrades: undefined });
  assert.equal(check.kind === 'valid' && check.facts.startsAt.toISOString(), '2027-01-15T10:00:00.000Z');
  assert.equal(check.kind === 'valid' && check.facts.sale.slotSeconds, 600);
});

const { prices, ...unpriced } = inHall;
const refused: readonly (readonly [string, EventInput, readonly string[]])[] = [
  ['a slug like an id', { ...inHall, slug: '00000000-0000-4000-8000-000000000000' }, ['slug']],
  ['no time at all', { ...inHall, startsAt: 'soon' }, ['startsAt']],
  [
    'a sale that ends before it opens',
    { ...inHall, sale: { ...inHall.sale, endsAt: '-2m' } },
    ['sale.endsAt'],
  ],
  ['a sale that ends as it opens', { ...inHall, sale: { ...inHall.sale, endsAt: '-1m' } }, ['sale.endsAt']],
  ['a sale that ends after the show begins', { ...inHall, startsAt: '+14d 17:00' }, ['sale.endsAt']],
  ['neither prices nor pools', unpriced, ['prices']],
  ['both prices and pools', { ...standing, prices }, ['prices']],
  ['prices without a hall', { ...unpriced, prices, venue: standing.venue }, ['venue.hall']],
  ['pools in a hall', { ...standing, venue: inHall.venue }, ['pools']],
  ['a price for a grade the hall has not', { ...inHall, prices: { VIP: 1, S: 1 } }, ['prices.S']],
  [
    'two pools of a grade',
    { ...standing, pools: [...(standing.pools ?? []), ...(standing.pools ?? [])] },
    ['pools.1.grade'],
  ],
  ['several faults at once', { ...inHall, startsAt: 'x', prices: { Q: 1 } }, ['prices.Q', 'startsAt']],
];
for (const [name, input, paths] of refused) {
  test(`${name} is refused by field`, () => assert.deepEqual(faultPaths(input), paths));
}

test('an unknown hall is refused', () => {
  const check = checkEvent(inHall, { now, hallGrades: undefined });
  assert.deepEqual(check.kind === 'refused' && check.faults.map(({ path }) => path), ['venue.hall']);
});
