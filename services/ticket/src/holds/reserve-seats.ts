import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findEvent } from '../live/find-event.ts';
import type { LiveSale } from '../live/live-sale.ts';
import type { HoldAnswer } from './hold-command.ts';
import { refusalOf } from './refuse-hold.ts';
import { type HeldReservation, type HoldRequest, settle } from './hold-request.ts';

type ReserveDeps = Pick<Deps, 'db' | 'live' | 'config' | 'holds' | 'wakeRelay'>;

// Memory's clock is right to one round trip; a hold that ends this soon is left to the store. Milliseconds.
const clockMarginMs = 250;

type KnownTaken = Extract<HoldAnswer, { outcome: 'seats-taken' }>;
type SeatRequest = HoldRequest & { readonly seatIds: readonly number[] };

/** The refusal of seats that memory knows to be taken: most losers of a hot seat end here, without a single wait. */
export function refuseAtOnce(
  deps: Pick<Deps, 'live'>,
  eventId: string,
  seatIds: readonly number[],
): Problem | undefined {
  const live = deps.live.peek(eventId);
  if (live === undefined || seatIds.some((seatId) => seatId >= live.seats.seatCount)) return undefined;
  const taken = takenInMemory(deps, live, seatIds);
  return taken && refusalOf(taken, deps.live.clock.nowMs());
}

/** Holds named seats, all or none. A seat that memory knows to be taken is refused without asking the store. */
export async function reserveSeats(deps: ReserveDeps, request: SeatRequest): Promise<HeldReservation> {
  const live = await findEvent(deps, request.eventId);
  const unknown = request.seatIds.filter((seatId) => seatId >= live.seats.seatCount);
  if (unknown.length > 0) throw new Problem('seats-unknown', { data: { seatIds: unknown } });
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
): KnownTaken | undefined {
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
