import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { wholeNumber } from './event-fields.ts';
import type { EventForm } from './event-form.ts';

/** A grade to be priced, and how many of its seats are sold. */
export interface PricedGrade {
  readonly grade: string;
  readonly sellable: number | undefined;
}

/** The grades a form prices: those of the chosen hall, or those a published event sells from. */
export function gradesToPrice(
  form: EventForm,
  halls: readonly HallView[],
  event: EventDetail | undefined,
): readonly PricedGrade[] | undefined {
  // A hall may have been imported anew: what is published keeps the layout it has.
  if (event !== undefined && event.layout !== null)
    return event.grades.map(({ grade, total }) => ({ grade, sellable: total ?? undefined }));
  return halls.find(({ slug }) => slug === form.texts['venue.hall'])?.grades;
}

/** Places a form sells, and what they bring when all are sold. Won; `undefined` while a figure is missing. */
export function wholeSale(
  form: EventForm,
  grades: readonly PricedGrade[] | undefined,
): { readonly places: number; readonly revenue: number | undefined } | undefined {
  const parts =
    form.places === 'standing'
      ? form.pools.map(({ quantity, price }) => ({
          places: wholeNumber(quantity),
          price: wholeNumber(price),
        }))
      : (grades ?? []).map(({ grade, sellable }) => ({
          places: sellable,
          price: wholeNumber(form.prices[grade] ?? ''),
        }));
  let places = 0;
  let revenue: number | undefined = 0;
  for (const part of parts) {
    if (part.places === undefined) return undefined;
    places += part.places;
    revenue =
      revenue === undefined || part.price === undefined ? undefined : revenue + part.places * part.price;
  }
  return places === 0 ? undefined : { places, revenue };
}
