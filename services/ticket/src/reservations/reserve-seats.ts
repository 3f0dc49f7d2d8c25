import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import {
  type HeldReservation,
  type HoldRequest,
  refuseUnlessReplay,
  saleOf,
  settle,
} from './hold-request.ts';
import { seatsTaken } from './refuse-hold.ts';

type ReserveDeps = Pick<Deps, 'db' | 'live' | 'holds' | 'wakeRelay'>;

// Memory's clock is right to one round trip; a hold that ends this soon is left to the store. Milliseconds.
const clockMarginMs = 250;

/** Holds named seats, all or none. A seat that memory knows to be taken is refused without asking the store. */
export async function reserveSeats(
  deps: ReserveDeps,
  request: HoldRequest & { readonly seatIds: readonly number[] },
): Promise<HeldReservation> {
  const live = await saleOf(deps, request.eventId);
  const unknown = request.seatIds.filter((seatId) => seatId >= live.seats.seatCount);
  if (unknown.length > 0) throw new Problem('seats-unknown', { data: { seatIds: unknown } });
  const refusal = refusalFromMemory(deps, live, request.seatIds);
  if (refusal !== undefined) return refuseUnlessReplay(deps, request, refusal);
  const answer = await deps.holds.holdSeats({
    ...request,
    reservationId: uuidv7(),
    eventId: live.sale.eventId,
  });
  return settle(deps, live, answer);
}

function refusalFromMemory(
  deps: Pick<Deps, 'live'>,
  live: LiveSale,
  seatIds: readonly number[],
): Problem | undefined {
  if (!live.isFresh) return undefined;
  const nowMs = deps.live.clock.nowMs();
  const taken = seatIds.filter((seatId) => live.seats.codeAt(seatId, nowMs + clockMarginMs) !== 0);
  if (taken.length === 0) return undefined;
  const seats = taken.map((seatId) => ({
    seatId,
    state: live.seats.stateAt(seatId, nowMs),
    heldUntilMs: live.seats.heldUntilMs(seatId),
  }));
  return seatsTaken(seats, nowMs);
}
