import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';

/** How much of an event is sold; `undefined` while that is not known. */
export function soldOf(
  event: Pick<EventSummary, 'grades'>,
): { readonly total: number; readonly left: number } | undefined {
  let total = 0;
  let left = 0;
  for (const grade of event.grades) {
    if (grade.total === null || grade.left === null) return undefined;
    total += grade.total;
    left += grade.left;
  }
  return event.grades.length === 0 ? undefined : { total, left };
}

/** The event whose sale opens next. `now` in milliseconds. */
export function nextOpening(events: readonly EventSummary[], now: number): EventSummary | undefined {
  return events
    .filter(({ state, sale }) => state === 'upcoming' && Date.parse(sale.opensAt) > now)
    .toSorted((one, other) => Date.parse(one.sale.opensAt) - Date.parse(other.sale.opensAt))[0];
}
