import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { Offer } from './price-list.tsx';

/** The prices of an event as its page lists them: standing places by their names, seats by their grades. */
export function offersOf(
  event: Pick<EventDetail, 'grades' | 'pools'>,
  locale: Locale,
  nameGrade: (grade: string) => string,
): Offer[] {
  if (event.pools.length === 0)
    return event.grades.map((offer) => ({ ...offer, label: nameGrade(offer.grade), isPool: false }));
  return event.pools.map(({ grade, name, price, quantity, left }) => ({
    grade,
    label: name[locale],
    price,
    total: quantity,
    left,
    isPool: true,
  }));
}
