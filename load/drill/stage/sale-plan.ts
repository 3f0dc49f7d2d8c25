import type { ArrivalPlan } from '../arrival.ts';

const fullSize = 20_000;

/** When fans come; fewer fans come within a shorter time, so that a small drill is a short one. */
export function planOf(fans: number): ArrivalPlan {
  const share = Math.min(1, Math.sqrt(fans / fullSize));
  return {
    lobbyMs: 12_000 + 28_000 * share,
    openingMs: 4_000 + 11_000 * share,
    lateMs: 10_000 + 40_000 * share,
  };
}

/** How the sale paces its buyers. */
export function pacingOf(fans: number) {
  return {
    capacity: Math.max(40, Math.round(fans / 16)),
    ratePerSecond: Math.max(10, Math.round(fans / 250)),
    limitPerAccount: 4,
    slotSeconds: 180,
  };
}
