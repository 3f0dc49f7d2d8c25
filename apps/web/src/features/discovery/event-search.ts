/** What a reader may search by, as the address says it. */
export interface EventSearch {
  readonly q: string;
  readonly city: string;
  readonly state: StateChoice;
  /** Days in Seoul, `2026-12-01`; empty when not asked for. */
  readonly from: string;
  readonly to: string;
  readonly sort: SortChoice;
  readonly cursor: string;
}

/** What `state` may be; each stands for some states of the catalogue. */
export const stateChoices = {
  open: 'upcoming,on_sale',
  on_sale: 'on_sale',
  upcoming: 'upcoming',
  sold_out: 'sold_out',
  past: 'ended,cancelled',
  all: 'upcoming,on_sale,sold_out,ended,cancelled',
} as const;
/** A choice of states. */
type StateChoice = keyof typeof stateChoices;

/** What `sort` may be. */
export const sortChoices = ['startsAt', 'opensAt', 'price', '-price', 'newest'] as const;
/** A choice of order. */
type SortChoice = (typeof sortChoices)[number];

/** Characters of a query or a city that are read. */
export const mostCharacters = 100;

/** The query of an address, as Next.js hands it to a page. */
export type AddressQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads an address; what it says that means nothing is as if it were not said. */
export function readEventSearch(query: AddressQuery): EventSearch {
  const state = first(query['state']);
  const sort = first(query['sort']);
  return {
    q: wordsOf(first(query['q'])),
    city: wordsOf(first(query['city'])),
    state: isStateChoice(state) ? state : 'open',
    from: dayOf(first(query['from'])),
    to: dayOf(first(query['to'])),
    sort: sortChoices.find((choice) => choice === sort) ?? 'startsAt',
    cursor: /^[A-Za-z0-9_-]{1,300}$/.test(first(query['cursor'])) ? first(query['cursor']) : '',
  };
}

/** The query of `listEvents` for a search. */
export function listQueryOf({ q, city, state, from, to, sort, cursor }: EventSearch) {
  return {
    state: stateChoices[state],
    sort,
    ...(q !== '' && { q }),
    ...(city !== '' && { city }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    ...(cursor !== '' && { cursor }),
  };
}

/** The address of a search; what is as by default is left out. */
export function searchPath(search: Partial<EventSearch>): `/${string}` {
  const usual: Partial<EventSearch> = { state: 'open', sort: 'startsAt' };
  const said = Object.entries(search).filter(
    ([name, value]) => value !== '' && usual[name as keyof EventSearch] !== value,
  );
  return said.length === 0 ? '/search' : `/search?${new URLSearchParams(said).toString()}`;
}

/** Whether no day can be in both bounds. */
export function areDatesCrossed({ from, to }: Pick<EventSearch, 'from' | 'to'>): boolean {
  return from !== '' && to !== '' && to < from;
}

/** Whether an address says more words than are searched for. */
export function isQueryCut(query: AddressQuery): boolean {
  return first(query['q']).trim().length > mostCharacters;
}

/** How many conditions beside the words are set: a form that hides them says so. */
export function countFilters({ city, state, from, to }: EventSearch): number {
  return [city !== '', state !== 'open', from !== '', to !== ''].filter(Boolean).length;
}

function first(value: string | readonly string[] | undefined): string {
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

// Control characters and halves of surrogate pairs are nothing one can search by.
function wordsOf(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .trim()
    .slice(0, mostCharacters)
    .replace(/\p{Cs}$/u, '');
}

function dayOf(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);
  return isDay === true ? text : '';
}

function isStateChoice(value: string): value is StateChoice {
  return Object.hasOwn(stateChoices, value);
}
