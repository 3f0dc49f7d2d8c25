import type { EventDetail, EventState, EventSummary, InventoryState } from '@urr/contracts/catalog-shapes.ts';
import type { EventStock } from '../deps.ts';
import type { EventRead, Pricing } from './event-rows.ts';
import { imageAddress } from '../image-address.ts';
import { eventStateAt } from './event-state.ts';

const minuteMs = 60_000;

/** What is shown of an event besides its own row. */
export interface EventSurroundings {
  readonly pricing: Pricing;
  readonly stock: EventStock | undefined;
}

/** An event as it stands in a list. */
export function summaryOf(event: EventRead, around: EventSurroundings): EventSummary {
  const { sale_opens_at: opensAt } = event;
  return {
    eventId: event.id,
    slug: event.slug,
    state: stateOf(event, around.stock),
    title: { ko: event.title_ko, en: event.title_en },
    artist: {
      artistId: event.artist_id,
      slug: event.artist_slug,
      name: { ko: event.artist_name_ko, en: event.artist_name_en },
    },
    venue: venueOf(event),
    startsAt: event.starts_at.toISOString(),
    sale: {
      lobbyOpensAt: new Date(opensAt.getTime() - event.lobby_minutes * minuteMs).toISOString(),
      opensAt: opensAt.toISOString(),
      endsAt: event.sale_ends_at.toISOString(),
      limitPerAccount: event.limit_per_account,
    },
    minPrice: event.min_price,
    maxPrice: event.max_price,
    grades: gradesOf(event, around),
    stock: { asOf: around.stock?.asOf.toISOString() ?? null, isStale: around.stock?.isStale ?? false },
    poster: event.poster,
    ...imageOf(event),
  };
}

function imageOf({
  image_key: key,
  image_width: width,
  image_height: height,
}: EventRead): Pick<EventSummary, 'image'> {
  if (key === null || width === null || height === null) return {};
  return { image: { address: imageAddress(key), width, height } };
}

function venueOf(event: EventRead): EventSummary['venue'] {
  return {
    hallId: event.hall_id,
    name: { ko: event.venue_name_ko, en: event.venue_name_en },
    address: { ko: event.venue_address_ko, en: event.venue_address_en },
    city: { ko: event.city_ko, en: event.city_en },
  };
}

/** One event; its organiser also sees how it is run. */
export function detailOf(event: EventRead, around: EventSurroundings, isOrganiser: boolean): EventDetail {
  const left = leftByGrade(around.stock);
  return {
    ...summaryOf(event, around),
    description: { ko: event.description_ko, en: event.description_en },
    ageLimit: event.age_limit,
    runningMinutes: event.running_minutes,
    layout:
      event.layout_id === null || event.layout_version === null
        ? null
        : { layoutId: event.layout_id, version: event.layout_version, seats: event.seat_count ?? 0 },
    pools: (around.pricing.pools.get(event.id) ?? []).map((pool) => ({
      ticketTypeId: pool.id,
      name: { ko: pool.name_ko, en: pool.name_en },
      grade: pool.grade,
      quantity: pool.quantity,
      price: pool.price,
      left: left.get(pool.grade) ?? null,
    })),
    ...(isOrganiser ? { organiser: organiserPart(event) } : {}),
  };
}

function organiserPart(event: EventRead): NonNullable<EventDetail['organiser']> {
  return {
    ownerId: event.owner_id,
    version: event.version,
    inventory: inventoryState(event),
    lobbyMinutes: event.lobby_minutes,
    capacity: event.capacity,
    ratePerSecond: event.rate_per_second,
    threshold: event.threshold,
    slotSeconds: event.slot_seconds,
  };
}

function inventoryState(event: EventRead): InventoryState {
  if (event.pushed_version === null) return 'none';
  if (event.pushed_version >= event.version) return 'ready';
  return (event.refused_version ?? 0) >= event.version ? 'refused' : 'pending';
}

function stateOf(event: EventRead, stock: EventStock | undefined): EventState {
  const { state: decision, sale_opens_at: opensAt, sale_ends_at: endsAt, now } = event;
  return eventStateAt({ decision, opensAt, endsAt, isSoldOut: isSoldOut(stock) }, now);
}

function isSoldOut(stock: EventStock | undefined): boolean {
  return stock !== undefined && stock.grades.length > 0 && stock.grades.every(({ left }) => left <= 0);
}

function leftByGrade(stock: EventStock | undefined): Map<string, number> {
  return new Map((stock?.grades ?? []).map(({ grade, left }) => [grade, left]));
}

function gradesOf(event: EventRead, around: EventSurroundings): EventSummary['grades'] {
  const left = leftByGrade(around.stock);
  const totals = new Map(event.layout_grades?.map(({ grade, sellable }) => [grade, sellable]));
  const pools = around.pricing.pools.get(event.id) ?? [];
  const offers = [
    ...(around.pricing.prices.get(event.id) ?? []).map(({ grade, price }) => ({
      grade,
      price,
      total: totals.get(grade) ?? null,
    })),
    ...pools.map(({ grade, price, quantity }) => ({ grade, price, total: quantity })),
  ];
  return offers.map((offer) => ({ ...offer, left: left.get(offer.grade) ?? null }));
}
