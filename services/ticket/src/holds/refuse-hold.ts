import { Problem } from '@urr/platform/problem.ts';
import type { HoldAnswer, RefusedPool, RefusedSeat } from './hold-command.ts';

type Refused = Exclude<HoldAnswer, { outcome: 'won' | 'replayed' }>;

/** The refusal behind a lost hold. */
export function refusalOf(answer: Refused, nowMs: number): Problem {
  switch (answer.outcome) {
    case 'key-reused':
      return new Problem('idempotency-key-reused');
    case 'slot-over':
      return new Problem('entry-token-expired');
    case 'event-unknown':
      return new Problem('event-not-found');
    case 'event-cancelled':
      return new Problem('sale-cancelled');
    case 'sale-over':
      return new Problem('sale-over');
    case 'limit-reached':
      return new Problem('limit-reached', { data: answer.detail });
    case 'seats-taken':
      return seatsTaken(answer.detail, nowMs);
    case 'places-taken':
      return placesTaken(answer.detail, nowMs);
  }
}

/** Which seats, why, and when to try again by the store's clock. */
export function seatsTaken(seats: readonly Omit<RefusedSeat, 'changedIn'>[], nowMs: number): Problem {
  const retryAfter = retryAfterSeats(seats, nowMs);
  return new Problem('seats-taken', {
    ...(retryAfter === undefined ? {} : { retryAfter }),
    data: {
      seats: seats.map(({ seatId, state, heldUntilMs }) => {
        // A seat that was free as we asked is in another transaction's hand or its hold has just ended.
        const reason = state === null || state === 'available' ? 'contended' : state;
        return reason === 'held' && heldUntilMs !== null
          ? { seatId, reason, freeAt: instantOf(heldUntilMs) }
          : { seatId, reason };
      }),
    },
  });
}

// All of them must be free: the last one decides; one that is sold does not come back by waiting.
function retryAfterSeats(
  seats: readonly Omit<RefusedSeat, 'changedIn'>[],
  nowMs: number,
): number | undefined {
  if (seats.some((seat) => seat.state === 'sold' || seat.state === 'blocked')) return undefined;
  return secondsUntil(Math.max(...seats.map((seat) => seat.heldUntilMs ?? 0)), nowMs);
}

/** Which pools, how many are left, and when the next hold ends. */
export function placesTaken(pools: readonly RefusedPool[], nowMs: number): Problem {
  const unknown = pools.filter((pool) => pool.left === null);
  if (unknown.length > 0)
    return new Problem('ticket-type-unknown', {
      data: { ticketTypeIds: unknown.map((pool) => pool.ticketTypeId) },
    });
  const ends = pools.map((pool) => pool.nextEndMs ?? 0).filter((end) => end > 0);
  return new Problem('places-taken', {
    ...(ends.length === 0 ? {} : { retryAfter: secondsUntil(Math.min(...ends), nowMs) }),
    data: { pools: pools.map(({ ticketTypeId, left }) => ({ ticketTypeId, left: left ?? 0 })) },
  });
}

let lastInstant = { ms: NaN, text: '' };

// All who want the hot seat are told the same instant.
function instantOf(ms: number): string {
  if (lastInstant.ms !== ms) lastInstant = { ms, text: new Date(ms).toISOString() };
  return lastInstant.text;
}

function secondsUntil(endMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((endMs - nowMs) / 1000));
}
