import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import {
  faultOf,
  type FieldFault,
  fieldRules,
  poolNameRule,
  priceRule,
  quantityRule,
  type TextPath,
  wholeNumber,
} from './event-fields.ts';
import type { EventForm, PoolForm } from './event-form.ts';
import { seoulInstant } from './seoul-time.ts';

/** Faults by the path of their field. */
export type FieldFaults = Readonly<Record<string, FieldFault>>;

export type EventReading =
  | { readonly kind: 'complete'; readonly input: EventInput }
  | { readonly kind: 'faulty'; readonly faults: FieldFaults };

/** Reads a form into what is sent, or answers every fault at once. `hallGrades`: the grades the chosen hall has. */
export function readEventForm(form: EventForm, hallGrades: readonly string[] | undefined): EventReading {
  const faults = {
    ...textFaults(form),
    ...orderFaults(form),
    ...placesFaults(form, hallGrades),
    ...colourFaults(form),
  };
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  return { kind: 'complete', input: inputOf(form, hallGrades) };
}

function textFaults(form: EventForm): Record<string, FieldFault> {
  const faults: Record<string, FieldFault> = {};
  for (const path of Object.keys(fieldRules) as TextPath[]) {
    if (path === 'venue.hall' && form.places === 'standing') continue;
    const rule = fieldRules[path];
    const typed = form.texts[path];
    const isNoTime = rule.kind === 'time' && seoulInstant(typed) === undefined;
    const fault = faultOf(rule, typed) ?? (isNoTime ? { code: 'notTime' as const } : undefined);
    if (fault !== undefined) faults[path] = fault;
  }
  return faults;
}

// Clock times of one zone are in the order of their texts.
function orderFaults({ texts }: EventForm): Record<string, FieldFault> {
  const { startsAt, 'sale.opensAt': opensAt, 'sale.endsAt': endsAt } = texts;
  if ([startsAt, opensAt, endsAt].some((clock) => seoulInstant(clock) === undefined)) return {};
  if (endsAt <= opensAt) return { 'sale.endsAt': { code: 'endsBeforeOpening' } };
  return endsAt > startsAt ? { 'sale.endsAt': { code: 'endsAfterStart' } } : {};
}

function placesFaults(
  form: EventForm,
  hallGrades: readonly string[] | undefined,
): Record<string, FieldFault> {
  if (form.places === 'standing') return poolsFaults(form.pools);
  const faults: Record<string, FieldFault> = {};
  for (const [grade, price] of givenPrices(form, hallGrades)) {
    const fault = faultOf(priceRule, price);
    if (fault !== undefined) faults[`prices.${grade}`] = fault;
  }
  return faults;
}

// A draft may wait for some of its prices.
function givenPrices(form: EventForm, hallGrades: readonly string[] | undefined): [string, string][] {
  return Object.entries(form.prices).filter(
    ([grade, price]) => price.trim() !== '' && (hallGrades === undefined || hallGrades.includes(grade)),
  );
}

function poolsFaults(pools: readonly PoolForm[]): Record<string, FieldFault> {
  if (pools.length === 0) return { pools: { code: 'noPools' } };
  const faults: Record<string, FieldFault> = {};
  const grades = pools.map((pool) => pool.grade.trim());
  pools.forEach((pool, index) => {
    const found = {
      'name.ko': faultOf(poolNameRule, pool.nameKo),
      'name.en': faultOf(poolNameRule, pool.nameEn),
      grade: gradeFault(grades, index),
      quantity: faultOf(quantityRule, pool.quantity),
      price: faultOf(priceRule, pool.price),
    };
    for (const [field, fault] of Object.entries(found))
      if (fault !== undefined) faults[`pools.${index}.${field}`] = fault;
  });
  return faults;
}

function gradeFault(grades: readonly string[], index: number): FieldFault | undefined {
  const grade = grades[index] ?? '';
  if (grade === '') return { code: 'required' };
  if (!/^[A-Z0-9][A-Z0-9-]{0,31}$/.test(grade)) return { code: 'notGrade' };
  return grades.indexOf(grade) === index ? undefined : { code: 'repeatedGrade' };
}

function colourFaults({ palette }: EventForm): Record<string, FieldFault> {
  const wrong = palette.flatMap((colour, index) =>
    /^#[0-9a-f]{6}$/i.test(colour) ? [] : [`poster.palette.${index}`],
  );
  return Object.fromEntries(wrong.map((path) => [path, { code: 'notColour' as const }]));
}

function inputOf(form: EventForm, hallGrades: readonly string[] | undefined): EventInput {
  const text = (path: TextPath) => form.texts[path].trim();
  const both = (path: 'title' | 'description' | 'artist.name' | 'venue.name' | 'venue.address') => ({
    ko: text(`${path}.ko`),
    en: text(`${path}.en`),
  });
  const hall = form.places === 'seats' ? { hall: text('venue.hall') } : {};
  return {
    slug: text('slug'),
    title: both('title'),
    description: both('description'),
    artist: { slug: text('artist.slug'), name: both('artist.name') },
    venue: { ...hall, name: both('venue.name'), address: both('venue.address') },
    startsAt: seoulInstant(text('startsAt')) ?? '',
    sale: saleOf(form),
    ...(form.places === 'seats'
      ? {
          prices: Object.fromEntries(
            givenPrices(form, hallGrades).map(([grade, price]) => [grade, numberIn(price)]),
          ),
        }
      : { pools: form.pools.map(poolOf) }),
    ageLimit: numberIn(form.texts.ageLimit),
    runningMinutes: numberIn(form.texts.runningMinutes),
    poster: { palette: [...form.palette] },
  };
}

function saleOf({ texts }: EventForm): EventInput['sale'] {
  return {
    opensAt: seoulInstant(texts['sale.opensAt']) ?? '',
    endsAt: seoulInstant(texts['sale.endsAt']) ?? '',
    lobbyMinutes: numberIn(texts['sale.lobbyMinutes']),
    capacity: numberIn(texts['sale.capacity']),
    ratePerSecond: numberIn(texts['sale.ratePerSecond']),
    threshold: numberIn(texts['sale.threshold']),
    limitPerAccount: numberIn(texts['sale.limitPerAccount']),
    slotSeconds: numberIn(texts['sale.slotSeconds']),
  };
}

function poolOf(pool: PoolForm): NonNullable<EventInput['pools']>[number] {
  return {
    name: { ko: pool.nameKo.trim(), en: pool.nameEn.trim() },
    grade: pool.grade.trim(),
    quantity: numberIn(pool.quantity),
    price: numberIn(pool.price),
  };
}

function numberIn(typed: string): number {
  return wholeNumber(typed) ?? 0;
}
