import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import test from 'node:test';
import { drawHall } from './draw-hall.ts';
import { plans } from './plans.ts';

type DemoEvent = {
  slug: string;
  venue: { hall?: string };
  startsAt: string;
  sale: { opensAt: string; endsAt: string };
  prices?: Readonly<Record<string, number>>;
  pools?: readonly { grade: string; quantity: number; price: number }[];
};

const folder = new URL('../../data/demo/', import.meta.url);
const relativeTime = /^[+-]\d+(?:m|h|d|d (?:[01]\d|2[0-3]):[0-5]\d)$/;

for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json'))) {
  const event = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as DemoEvent;

  test(`${file}: is named after its slug and keeps its distance from today`, () => {
    assert.equal(file, `${event.slug}.json`);
    for (const time of [event.startsAt, event.sale.opensAt, event.sale.endsAt])
      assert.match(time, relativeTime);
  });

  test(`${file}: prices every grade of its hall and no other, or sells pools`, () => {
    const plan = plans.find(({ name }) => name === event.venue.hall);
    assert.notEqual(plan === undefined, event.pools === undefined);
    if (plan !== undefined) {
      const grades = new Set(drawHall(plan).map(({ grade }) => grade));
      assert.deepEqual(new Set(Object.keys(event.prices ?? {})), grades);
    }
    const prices = [...Object.values(event.prices ?? {}), ...(event.pools ?? []).map(({ price }) => price)];
    assert.ok(prices.length > 0 && prices.every((price) => Number.isInteger(price) && price > 0));
  });
}
