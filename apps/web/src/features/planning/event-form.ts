import type { EventDetail, EventInput } from '@urr/contracts/catalog-shapes.ts';
import { fieldRules, type TextPath } from './event-fields.ts';
import { seoulClock, seoulClockOn } from './seoul-time.ts';

/** One standing area as typed. */
export interface PoolForm {
  /** Tells areas apart while they are edited. */
  readonly key: number;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly grade: string;
  readonly quantity: string;
  readonly price: string;
}

/** What is typed about an event. Times are clock times in Seoul. */
export interface EventForm {
  readonly texts: Readonly<Record<TextPath, string>>;
  readonly places: 'seats' | 'standing';
  /** By grade. Grades the chosen hall has not are kept, and not sent. */
  readonly prices: Readonly<Record<string, string>>;
  readonly pools: readonly PoolForm[];
  readonly palette: readonly string[];
}

/** An area nothing is typed about. */
export function emptyPool(pools: readonly PoolForm[]): PoolForm {
  const key = Math.max(0, ...pools.map((pool) => pool.key)) + 1;
  return { key, nameKo: '', nameEn: '', grade: '', quantity: '', price: '' };
}

/** A form with sensible defaults: a show in thirty days, its sale in seven. `now` in milliseconds. */
export function newEventForm(now: number): EventForm {
  const texts = Object.fromEntries(Object.keys(fieldRules).map((path) => [path, ''])) as Record<
    TextPath,
    string
  >;
  return {
    texts: {
      ...texts,
      startsAt: seoulClockOn(now, 30, '19:00'),
      'sale.opensAt': seoulClockOn(now, 7, '20:00'),
      'sale.endsAt': seoulClockOn(now, 30, '18:00'),
      'sale.lobbyMinutes': '30',
      'sale.capacity': '500',
      'sale.ratePerSecond': '20',
      'sale.threshold': '100',
      'sale.limitPerAccount': '4',
      'sale.slotSeconds': '600',
      ageLimit: '8',
      runningMinutes: '120',
    },
    places: 'seats',
    prices: {},
    pools: [emptyPool([])],
    palette: ['#1f2a44', '#f2c14e', '#f7f3e8'],
  };
}

/** A form with what an event file says. */
export function formOfInput(input: EventInput): EventForm {
  const { sale, venue, artist } = input;
  return {
    texts: {
      ...textsOfShow(input),
      'artist.slug': artist.slug,
      'artist.name.ko': artist.name.ko,
      'artist.name.en': artist.name.en,
      'venue.hall': venue.hall ?? '',
      'venue.name.ko': venue.name.ko,
      'venue.name.en': venue.name.en,
      'venue.address.ko': venue.address.ko,
      'venue.address.en': venue.address.en,
      'sale.opensAt': seoulClock(sale.opensAt),
      'sale.endsAt': seoulClock(sale.endsAt),
      'sale.lobbyMinutes': String(sale.lobbyMinutes),
      'sale.capacity': String(sale.capacity),
      'sale.ratePerSecond': String(sale.ratePerSecond),
      'sale.threshold': String(sale.threshold),
      'sale.limitPerAccount': String(sale.limitPerAccount),
      'sale.slotSeconds': String(sale.slotSeconds ?? 600),
    },
    places: input.pools === undefined ? 'seats' : 'standing',
    prices: Object.fromEntries(
      Object.entries(input.prices ?? {}).map(([grade, price]) => [grade, String(price)]),
    ),
    pools: (input.pools ?? []).map(poolForm),
    palette: input.poster.palette,
  };
}

/** A form with what stands; `hall` is the slug of its hall. */
export function formOfDetail(event: EventDetail, hall: string | undefined): EventForm {
  return formOfInput(inputOfDetail(event, hall));
}

type ShowText =
  | 'slug'
  | 'title.ko'
  | 'title.en'
  | 'description.ko'
  | 'description.en'
  | 'startsAt'
  | 'ageLimit'
  | 'runningMinutes';

function textsOfShow(input: EventInput): Record<ShowText, string> {
  return {
    slug: input.slug,
    'title.ko': input.title.ko,
    'title.en': input.title.en,
    'description.ko': input.description.ko,
    'description.en': input.description.en,
    startsAt: seoulClock(input.startsAt),
    ageLimit: String(input.ageLimit),
    runningMinutes: String(input.runningMinutes),
  };
}

function poolForm(pool: NonNullable<EventInput['pools']>[number], index: number): PoolForm {
  return {
    key: index + 1,
    nameKo: pool.name.ko,
    nameEn: pool.name.en,
    grade: pool.grade,
    quantity: String(pool.quantity),
    price: String(pool.price),
  };
}

function inputOfDetail(event: EventDetail, hall: string | undefined): EventInput {
  const { sale, organiser } = event;
  return {
    slug: event.slug,
    title: event.title,
    description: event.description,
    artist: { slug: event.artist.slug, name: event.artist.name },
    venue: { ...(hall === undefined ? {} : { hall }), name: event.venue.name, address: event.venue.address },
    startsAt: event.startsAt,
    sale: {
      opensAt: sale.opensAt,
      endsAt: sale.endsAt,
      limitPerAccount: sale.limitPerAccount,
      lobbyMinutes: organiser?.lobbyMinutes ?? 0,
      capacity: organiser?.capacity ?? 1,
      ratePerSecond: organiser?.ratePerSecond ?? 1,
      threshold: organiser?.threshold ?? 0,
      slotSeconds: organiser?.slotSeconds ?? 600,
    },
    ...(event.venue.hallId === null
      ? { pools: event.pools.map(({ name, grade, quantity, price }) => ({ name, grade, quantity, price })) }
      : { prices: Object.fromEntries(event.grades.map(({ grade, price }) => [grade, price])) }),
    ageLimit: event.ageLimit,
    runningMinutes: event.runningMinutes,
    poster: { palette: event.poster.palette },
  };
}
