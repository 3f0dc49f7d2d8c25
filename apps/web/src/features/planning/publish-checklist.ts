import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';

/** One thing to look at before an event is published. */
export interface CheckItem {
  readonly name: 'places' | 'prices' | 'saleEnds' | 'opening' | 'line';
  /** `missing` keeps it from being published. */
  readonly state: 'done' | 'look' | 'missing';
  readonly grades?: readonly string[];
}

/** What stands between a draft and its publication. `hall` is absent where places are not numbered; `now` in milliseconds. */
export function checklistOf(
  event: EventDetail,
  hall: HallView | undefined,
  now: number,
): readonly CheckItem[] {
  const opensAt = Date.parse(event.sale.opensAt);
  const unpriced = gradesWithoutPrice(event, hall);
  const capacity = event.organiser?.capacity ?? 0;
  return [
    { name: 'places', state: placesOf(event, hall) > 0 ? 'done' : 'missing' },
    unpriced.length > 0
      ? { name: 'prices', state: 'missing', grades: unpriced }
      : { name: 'prices', state: 'done' },
    { name: 'saleEnds', state: Date.parse(event.sale.endsAt) > now ? 'done' : 'missing' },
    { name: 'opening', state: opensAt > now ? 'done' : 'look' },
    { name: 'line', state: (event.organiser?.threshold ?? 0) > capacity ? 'look' : 'done' },
  ];
}

/** Whether nothing is missing. */
export function isPublishable(items: readonly CheckItem[]): boolean {
  return items.every(({ state }) => state !== 'missing');
}

/** Places an event has to sell. */
function placesOf(event: EventDetail, hall: HallView | undefined): number {
  if (event.venue.hallId === null) return event.pools.reduce((sum, { quantity }) => sum + quantity, 0);
  return hall?.grades.reduce((sum, { sellable }) => sum + sellable, 0) ?? 0;
}

function gradesWithoutPrice(event: EventDetail, hall: HallView | undefined): string[] {
  const priced = new Set(event.grades.map(({ grade }) => grade));
  return (hall?.grades ?? []).map(({ grade }) => grade).filter((grade) => !priced.has(grade));
}
