import type { EventChange, EventInput } from '@urr/contracts/catalog-shapes.ts';

const groups = [
  'title',
  'description',
  'artist',
  'venue',
  'startsAt',
  'ageLimit',
  'runningMinutes',
  'poster',
] as const;

/**
 * What differs between two readings of a form; `undefined` when nothing does. What was not touched is not sent: it may be
 * finer than a form shows, as a time with seconds is.
 */
export function changeBetween(before: EventInput, after: EventInput): EventChange | undefined {
  const change: EventChange = {
    ...Object.fromEntries(
      groups.filter((name) => differ(before[name], after[name])).map((name) => [name, after[name]]),
    ),
    ...placesChange(before, after),
    ...saleChange(before.sale, after.sale),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

function placesChange(before: EventInput, after: EventInput): Pick<EventChange, 'prices' | 'pools'> {
  if (after.pools !== undefined) return differ(before.pools, after.pools) ? { pools: after.pools } : {};
  // From areas to a hall even no prices at all are a change.
  const isNew = before.prices === undefined || differ(sorted(before.prices), sorted(after.prices));
  return after.prices !== undefined && isNew ? { prices: after.prices } : {};
}

function saleChange(before: EventInput['sale'], after: EventInput['sale']): Pick<EventChange, 'sale'> {
  const names = Object.keys(after) as (keyof EventInput['sale'])[];
  const changed = names.filter((name) => before[name] !== after[name]);
  return changed.length === 0 ? {} : { sale: Object.fromEntries(changed.map((name) => [name, after[name]])) };
}

function sorted(prices: Readonly<Record<string, number>> | undefined): [string, number][] {
  return Object.entries(prices ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

// Both are made by the same reading: their fields stand in the same order.
function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
