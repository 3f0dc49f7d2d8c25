import type { EventFacts } from './event-facts.ts';
import { type EventFault, eventFaults } from './event-faults.ts';

/** Places of one grade that an event sells from. */
export interface SellableGrade {
  readonly grade: string;
  readonly sellable: number;
}

export type PublishedChange =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'places-fixed'; readonly faults: readonly EventFault[] };

/** Whether a published event may change so: nobody who waits, holds or has paid loses a place by it. */
export function checkPublishedChange(before: EventFacts, after: EventFacts, now: Date): PublishedChange {
  const faults = [
    ...(before.venue.hall === after.venue.hall
      ? []
      : [{ path: 'venue.hall', message: eventFaults.otherHall }]),
    ...before.pools.flatMap((pool) => poolFaults(pool, after)),
  ];
  if (faults.length > 0) return { kind: 'places-fixed', faults };
  const hasOpened = before.sale.opensAt <= now;
  const opensElsewhen = before.sale.opensAt.getTime() !== after.sale.opensAt.getTime();
  return hasOpened && opensElsewhen ? { kind: 'opened' } : { kind: 'allowed' };
}

function poolFaults(pool: EventFacts['pools'][number], after: EventFacts): EventFault[] {
  const index = after.pools.findIndex((candidate) => candidate.grade === pool.grade);
  const later = after.pools[index];
  if (later === undefined) return [{ path: 'pools', message: eventFaults.missingPool }];
  if (later.quantity >= pool.quantity) return [];
  return [{ path: `pools.${index}.quantity`, message: eventFaults.smallerPool }];
}

/** Grades that have seats to sell but no price. */
export function gradesWithoutPrice(
  layoutGrades: readonly SellableGrade[],
  prices: EventFacts['prices'],
): string[] {
  const priced = new Set(prices.map(({ grade }) => grade));
  return layoutGrades.map(({ grade }) => grade).filter((grade) => !priced.has(grade));
}

/** What keeps an event from being published; `layoutGrades` is absent when it sells pools. */
export function publicationFaults(
  facts: EventFacts,
  layoutGrades: readonly SellableGrade[] | undefined,
  now: Date,
): EventFault[] {
  const grades = layoutGrades ?? facts.pools.map((pool) => ({ grade: pool.grade, sellable: pool.quantity }));
  const places = grades.reduce((sum, { sellable }) => sum + sellable, 0);
  const known = new Set(grades.map(({ grade }) => grade));
  return [
    ...(places === 0 ? [{ path: 'venue.hall', message: eventFaults.noPlaces }] : []),
    ...(layoutGrades === undefined ? [] : gradesWithoutPrice(layoutGrades, facts.prices)).map((grade) => ({
      path: `prices.${grade}`,
      message: eventFaults.gradeWithoutPrice,
    })),
    // The hall may have been imported anew since the prices were set.
    ...facts.prices
      .filter(({ grade }) => !known.has(grade))
      .map(({ grade }) => ({ path: `prices.${grade}`, message: eventFaults.gradeNotInHall })),
    ...(facts.sale.endsAt <= now ? [{ path: 'sale.endsAt', message: eventFaults.saleOver }] : []),
  ];
}
