import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from '../live/live-sale.ts';
import type { HoldAnswer } from './hold-command.ts';
import { type HeldReservation, type HoldRequest, saleOf, settle } from './hold-request.ts';

type ReserveDeps = Pick<Deps, 'db' | 'live' | 'holds' | 'wakeRelay'>;

// Memory's clock is right to one round trip; a hold that ends this soon is left to the store. Milliseconds.
const clockMarginMs = 250;

/** Holds named seats, all or none. A seat that memory knows to be taken is refused without asking the store. */
export async function reserveSeats(
  deps: ReserveDeps,
  request: HoldRequest & { readonly seatIds: readonly number[] },
): Promise<HeldReservation> {
  const live = deps.live.peek(request.eventId) ?? (await saleOf(deps, request.eventId));
  const unknown = request.seatIds.filter((seatId) => seatId >= live.seats.seatCount);
  if (unknown.length > 0) throw new Problem('seats-unknown', { data: { seatIds: unknown } });
  // Most losers of a hot seat end here, without a single wait.
  const known = takenInMemory(deps, live, request.seatIds);
  if (known !== undefined) return settle(deps, live, request, known);
  const wish = { ...request, eventId: live.sale.eventId };
  const answer = await deps.holds.holdSeats(wish, () => takenInMemory(deps, live, request.seatIds));
  return settle(deps, live, request, answer);
}

function takenInMemory(
  deps: Pick<Deps, 'live'>,
  live: LiveSale,
  seatIds: readonly number[],
): HoldAnswer | undefined {
  if (!live.isFresh) return undefined;
  const nowMs = deps.live.clock.nowMs();
  const taken = seatIds.filter((seatId) => live.seats.codeAt(seatId, nowMs + clockMarginMs) !== 0);
  if (taken.length === 0) return undefined;
  const detail = taken.map((seatId) => ({
    seatId,
    state: live.seats.stateAt(seatId, nowMs),
    heldUntilMs: live.seats.heldUntilMs(seatId),
    changedIn: null,
  }));
  return { outcome: 'seats-taken', detail, isFromMemory: true };
}
