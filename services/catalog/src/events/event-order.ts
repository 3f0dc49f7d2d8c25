import { uuidPattern } from '@urr/contracts/primitives.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type RawBuilder, sql } from 'kysely';
import type { EventRead } from './event-rows.ts';

export type EventOrder = 'startsAt' | '-startsAt' | 'opensAt' | 'price' | '-price' | 'newest';

interface Order {
  readonly column: RawBuilder<unknown>;
  readonly direction: 'asc' | 'desc';
  /** A row's place in this order, as a whole number. */
  readonly keyOf: (event: EventRead) => number;
  /** True for rows after a place; the id decides between equals. */
  readonly after: (key: number, eventId: string) => RawBuilder<boolean>;
}

const startsAt = sql.ref('events.starts_at');
const opensAt = sql.ref('events.sale_opens_at');
const price = sql`coalesce(events.min_price, 0)`;
const publishedAt = sql`coalesce(events.published_at, events.created_at)`;

function byInstant(
  column: RawBuilder<unknown>,
  direction: 'asc' | 'desc',
  of: (event: EventRead) => Date,
): Order {
  const compare = direction === 'asc' ? sql`>` : sql`<`;
  return {
    column,
    direction,
    keyOf: (event) => of(event).getTime(),
    after: (key, eventId) =>
      sql`(${column}, events.id) ${compare} (${new Date(key)}::timestamptz, ${eventId}::uuid)`,
  };
}

function byPrice(direction: 'asc' | 'desc'): Order {
  const compare = direction === 'asc' ? sql`>` : sql`<`;
  return {
    column: price,
    direction,
    keyOf: (event) => event.min_price ?? 0,
    after: (key, eventId) => sql`(${price}, events.id) ${compare} (${key}::bigint, ${eventId}::uuid)`,
  };
}

export const eventOrders: Readonly<Record<EventOrder, Order>> = {
  startsAt: byInstant(startsAt, 'asc', (event) => event.starts_at),
  '-startsAt': byInstant(startsAt, 'desc', (event) => event.starts_at),
  opensAt: byInstant(opensAt, 'asc', (event) => event.sale_opens_at),
  price: byPrice('asc'),
  '-price': byPrice('desc'),
  newest: byInstant(publishedAt, 'desc', (event) => event.published_at ?? event.created_at),
};

// Year 9999; PostgreSQL and Date both go on further.
const lastInstant = 253_402_300_799_999;

/** Checks a cursor's content against the order it is used with. */
export function readPosition(
  order: EventOrder,
  parts: readonly [string, number, string] | undefined,
): { readonly key: number; readonly eventId: string } | undefined {
  if (parts === undefined) return undefined;
  const [ofOrder, key, eventId] = parts;
  if (ofOrder === order && key >= 0 && key <= lastInstant && uuidPattern.test(eventId))
    return { key, eventId };
  throw new Problem('invalid-input', {
    data: { errors: [{ path: 'querystring/cursor', message: 'belongs to a list in another order' }] },
  });
}
