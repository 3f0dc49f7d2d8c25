import type { Random } from './engine/random.ts';

/** When a fan comes, relative to the opening of the sale. */
type ArrivalKind = 'lobby' | 'opening' | 'late';

export interface Arrival {
  readonly kind: ArrivalKind;
  /** Milliseconds; negative before the opening. */
  readonly offsetMs: number;
}

/** The shape of one on-sale. */
export interface ArrivalPlan {
  /** Length of the lobby before opening. */
  readonly lobbyMs: number;
  /** Over how long those come who hurry at the opening and those who come late. */
  readonly openingMs: number;
  readonly lateMs: number;
}

const shares = { lobby: 0.6, opening: 0.3 } as const;

/** Draws one arrival: most wait in the lobby, many come with the opening's spike, the rest trickle in. */
export function drawArrival(random: Random, plan: ArrivalPlan): Arrival {
  const draw = random.next();
  if (draw < shares.lobby) return { kind: 'lobby', offsetMs: lobbyOffset(random.next(), plan.lobbyMs) };
  if (draw < shares.lobby + shares.opening)
    return { kind: 'opening', offsetMs: spikeOffset(random.next(), plan.openingMs) };
  return { kind: 'late', offsetMs: plan.openingMs + random.next() * plan.lateMs };
}

// The square root makes the lobby fill faster as the opening comes near.
function lobbyOffset(draw: number, lobbyMs: number): number {
  return -lobbyMs * (1 - Math.sqrt(draw)) * 0.98 - lobbyMs * 0.01;
}

// Exponential decay, cut at the end of the spike: half of them come within its first eighth.
function spikeOffset(draw: number, openingMs: number): number {
  return Math.min(openingMs, (-Math.log(1 - draw) * openingMs) / 5.5);
}
