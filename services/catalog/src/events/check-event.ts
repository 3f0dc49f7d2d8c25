import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import { type Bilingual, uuidPattern } from '@urr/contracts/primitives.ts';
import { type EventFacts, inPriceOrder, type SaleFacts } from './event-facts.ts';
import { type EventFault, eventFaults } from './event-faults.ts';
import { resolveEventTime } from './event-time.ts';

/** What an event is checked against. */
export interface EventSurroundings {
  readonly now: Date;
  /** Grades of the hall's seats; `undefined` when there is no such hall. */
  readonly hallGrades: readonly string[] | undefined;
}

export type EventCheck =
  | { readonly kind: 'valid'; readonly facts: EventFacts }
  | { readonly kind: 'refused'; readonly faults: readonly EventFault[] };

const defaultSlotSeconds = 600;

/** Checks what no schema can: times in order, prices that fit the hall. Answers every fault at once. */
export function checkEvent(input: EventInput, surroundings: EventSurroundings): EventCheck {
  const faults: EventFault[] = [];
  const report = (path: string, message: EventFault['message']) => void faults.push({ path, message });
  // The address of an event takes either; a slug that looks like an id would shadow one.
  if (uuidPattern.test(input.slug)) report('slug', eventFaults.slugLikeId);
  checkPricing(input, surroundings.hallGrades, report);
  const times = resolveTimes(input, surroundings.now, report);
  if (times !== undefined) checkOrder(times, report);
  if (times === undefined || faults.length > 0) return { kind: 'refused', faults };
  return { kind: 'valid', facts: factsOf(input, times) };
}

type Report = (path: string, message: EventFault['message']) => void;
type Times = { readonly startsAt: Date } & Pick<SaleFacts, 'opensAt' | 'endsAt'>;

function resolveTimes(input: EventInput, now: Date, report: Report): Times | undefined {
  const resolve = (path: string, text: string) => {
    const instant = resolveEventTime(text, now);
    if (instant === undefined) report(path, eventFaults.notATime);
    return instant;
  };
  const startsAt = resolve('startsAt', input.startsAt);
  const opensAt = resolve('sale.opensAt', input.sale.opensAt);
  const endsAt = resolve('sale.endsAt', input.sale.endsAt);
  if (startsAt === undefined || opensAt === undefined || endsAt === undefined) return undefined;
  return { startsAt, opensAt, endsAt };
}

function checkOrder(times: Times, report: Report): void {
  if (times.endsAt <= times.opensAt) report('sale.endsAt', eventFaults.endsBeforeOpening);
  if (times.endsAt > times.startsAt) report('sale.endsAt', eventFaults.endsAfterStart);
}

function checkPricing(input: EventInput, hallGrades: readonly string[] | undefined, report: Report): void {
  const { hall } = input.venue;
  if ((input.prices === undefined) === (input.pools === undefined))
    report('prices', eventFaults.oneKindOfPlaces);
  else if (hall === undefined && input.prices !== undefined) report('venue.hall', eventFaults.pricesNeedHall);
  else if (hall !== undefined && input.pools !== undefined) report('pools', eventFaults.poolsInHall);
  else if (hall !== undefined) checkGrades(Object.keys(input.prices ?? {}), hallGrades, report);
  checkPools(input.pools ?? [], report);
}

function checkGrades(
  priced: readonly string[],
  hallGrades: readonly string[] | undefined,
  report: Report,
): void {
  if (hallGrades === undefined) return report('venue.hall', eventFaults.unknownHall);
  for (const grade of priced) {
    if (!hallGrades.includes(grade)) report(`prices.${grade}`, eventFaults.gradeNotInHall);
  }
}

function checkPools(pools: NonNullable<EventInput['pools']>, report: Report): void {
  const grades = pools.map((pool) => pool.grade);
  pools.forEach((pool, index) => {
    if (grades.indexOf(pool.grade) !== index) report(`pools.${index}.grade`, eventFaults.repeatedGrade);
  });
}

function factsOf(input: EventInput, times: Times): EventFacts {
  const { hall, name, address } = input.venue;
  return {
    slug: input.slug,
    title: composed(input.title),
    description: composed(input.description),
    artist: { slug: input.artist.slug, name: composed(input.artist.name) },
    venue: { hall: hall ?? null, name: composed(name), address: composed(address) },
    startsAt: times.startsAt,
    sale: {
      ...input.sale,
      slotSeconds: input.sale.slotSeconds ?? defaultSlotSeconds,
      opensAt: times.opensAt,
      endsAt: times.endsAt,
    },
    prices: inPriceOrder(Object.entries(input.prices ?? {}).map(([grade, price]) => ({ grade, price }))),
    pools: (input.pools ?? []).map((pool) => ({ ...pool, name: composed(pool.name) })),
    ageLimit: input.ageLimit,
    runningMinutes: input.runningMinutes,
    poster: input.poster,
  };
}

// Some systems write Hangul letter by letter; searched and compared, both must be the same text.
function composed(text: Bilingual): Bilingual {
  return { ko: text.ko.normalize('NFC').trim(), en: text.en.normalize('NFC').trim() };
}
