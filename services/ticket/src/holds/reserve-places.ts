import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findEvent } from '../live/find-event.ts';
import type { LiveSale } from '../live/live-sale.ts';
import type { HoldAnswer } from './hold-command.ts';
import { type HeldReservation, type HoldRequest, settle } from './hold-request.ts';

interface WantedPlaces {
  readonly ticketTypeId: string;
  readonly quantity: number;
}

// As for seats: what frees this soon is left to the store. Milliseconds.
const clockMarginMs = 250;

/** Holds places of pools, all or none. */
export async function reservePlaces(
  deps: Pick<Deps, 'db' | 'live' | 'config' | 'holds' | 'wakeRelay'>,
  request: HoldRequest & { readonly items: readonly WantedPlaces[] },
): Promise<HeldReservation> {
  const live = await findEvent(deps, request.eventId);
  const items = merge(request.items);
  refuseUnknown(live, items);
  const wish = { ...request, items, eventId: live.sale.eventId };
  const answer = await deps.holds.holdPlaces(wish, () => takenInMemory(deps, live, items));
  return settle(deps, live, request, answer);
}

/** Items of one pool become one. */
function merge(items: readonly WantedPlaces[]): WantedPlaces[] {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of items) {
    const id = ticketTypeId.toLowerCase();
    quantities.set(id, (quantities.get(id) ?? 0) + quantity);
  }
  return [...quantities].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}

function refuseUnknown(live: LiveSale, items: readonly WantedPlaces[]): void {
  const known = new Set(live.sale.pools.map((pool) => pool.ticketTypeId));
  const unknown = items.map((item) => item.ticketTypeId).filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Problem('ticket-type-unknown', { data: { ticketTypeIds: unknown } });
}

function takenInMemory(
  deps: Pick<Deps, 'live'>,
  live: LiveSale,
  items: readonly WantedPlaces[],
): HoldAnswer | undefined {
  if (!live.isFresh) return undefined;
  const nowMs = deps.live.clock.nowMs();
  const short = items.filter((item) =>
    live.pools.lacks(item.ticketTypeId, item.quantity, nowMs + clockMarginMs),
  );
  if (short.length === 0) return undefined;
  const detail = short.map(({ ticketTypeId }) => ({
    ticketTypeId,
    left: live.pools.left(ticketTypeId) ?? 0,
    nextEndMs: live.pools.nextEndMs(ticketTypeId),
  }));
  return { outcome: 'places-taken', detail, isFromMemory: true };
}
