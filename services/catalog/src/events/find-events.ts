import type { EventState, EventSummary } from '@urr/contracts/catalog-shapes.ts';
import { sql } from 'kysely';
import { readCursor, writeCursor } from '../cursor.ts';
import type { Deps } from '../deps.ts';
import { likePattern } from '../like-pattern.ts';
import { type EventRead, readPricing, selectEvents } from './event-rows.ts';
import { summaryOf } from './event-view.ts';
import { type EventOrder, eventOrders, readPosition } from './event-order.ts';
import { readStoreClock } from './store.ts';

/** What to find. */
export interface EventSearch {
  readonly words: readonly string[];
  readonly states: readonly EventState[];
  readonly artist: string | undefined;
  readonly city: string | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly order: EventOrder;
  readonly cursor: string | undefined;
  readonly limit: number;
  /** Whose events, drafts among them; `published` for what everybody sees, `all` for everything. */
  readonly owner: { readonly accountId: string } | 'published' | 'all';
}

export interface EventPage {
  readonly now: string;
  readonly events: EventSummary[];
  readonly nextCursor: string | null;
}

/** Finds one page of events. */
export async function findEvents(deps: Pick<Deps, 'db' | 'stock'>, search: EventSearch): Promise<EventPage> {
  const rows = await searchQuery(deps, search).execute();
  const page = rows.slice(0, search.limit);
  const pricing = await readPricing(
    deps.db,
    page.map((event) => event.id),
  );
  const now = page[0]?.now ?? (await readStoreClock(deps.db));
  const last = rows.length > search.limit ? page.at(-1) : undefined;
  return {
    now: now.toISOString(),
    events: page.map((event) => summaryOf(event, { pricing, stock: deps.stock.of(event.id) })),
    nextCursor: last === undefined ? null : positionOf(search.order, last),
  };
}

function positionOf(order: EventOrder, event: EventRead): string {
  return writeCursor([order, eventOrders[order].keyOf(event), event.id]);
}

function searchQuery(deps: Pick<Deps, 'db' | 'stock'>, search: EventSearch) {
  const order = eventOrders[search.order];
  const position = readPosition(search.order, readCursor(search.cursor, ['string', 'number', 'string']));
  const { owner, artist, city, from, to } = search;
  let query = selectEvents(deps.db).where(shownState(deps.stock.soldOut()), 'in', search.states);
  if (owner === 'published') query = query.where('events.published_at', 'is not', null);
  else if (owner !== 'all') query = query.where('events.owner_id', '=', owner.accountId);
  if (artist !== undefined) query = query.where('artists.slug', '=', artist);
  if (city !== undefined)
    query = query.where(sql<boolean>`lower(${city}) IN (lower(city_ko), lower(city_en))`);
  if (from !== undefined) query = query.where('starts_at', '>=', from);
  if (to !== undefined) query = query.where('starts_at', '<', to);
  for (const word of search.words)
    query = query.where(sql<boolean>`${searchedText} LIKE lower(${likePattern(word)})`);
  if (position !== undefined) query = query.where(order.after(position.key, position.eventId));
  return query
    .orderBy(order.column, order.direction)
    .orderBy('events.id', order.direction)
    .limit(search.limit + 1);
}

const searchedText = sql`lower(concat_ws(' ', title_ko, title_en, artists.name_ko, artists.name_en, venue_name_ko, venue_name_en))`;

// The same rule as event-state.ts, for the store to filter by; a test holds the two together.
function shownState(soldOut: readonly string[]) {
  return sql<EventState>`CASE
    WHEN events.state <> 'published' THEN events.state
    WHEN clock.now >= sale_ends_at THEN 'ended'
    WHEN clock.now < sale_opens_at THEN 'upcoming'
    WHEN events.id = ANY(${soldOut}::uuid[]) THEN 'sold_out'
    ELSE 'on_sale' END`;
}
