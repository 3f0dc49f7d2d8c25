/** Length of the window every limit is given for. Seconds. */
export const windowSeconds = 60;

// In any 60 seconds no more than the limit passes; a place frees at most one slot after its minute is over.
/** Length of a slot. Seconds. */
export const slotSeconds = 5;
/** Slots in the window, the present one among them. */
export const slotCount = windowSeconds / slotSeconds + 1;

/** What one caller used in the last minute. */
export interface Window {
  /** Number of the slot the last request fell into. */
  slot: number;
  used: number;
  readonly counts: Uint32Array;
}

/** Outcome of one request. */
export interface Verdict {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Seconds until a place frees: the full quota when allowed, one more request when refused. */
  readonly resetSeconds: number;
}

/** A window nobody has used. */
export function emptyWindow(): Window {
  return { slot: 0, used: 0, counts: new Uint32Array(slotCount) };
}

/** Counts one request if the limit allows it; a refused one is not counted. `nowSeconds` never goes backwards. */
export function take(window: Window, limit: number, nowSeconds: number): Verdict {
  forgetOld(window, Math.floor(nowSeconds / slotSeconds));
  const isAllowed = window.used < limit;
  if (isAllowed) {
    window.used += 1;
    const index = window.slot % slotCount;
    window.counts[index] = (window.counts[index] ?? 0) + 1;
  }
  return { isAllowed, remaining: limit - window.used, resetSeconds: secondsToFirstFree(window, nowSeconds) };
}

function forgetOld(window: Window, slot: number): void {
  const passed = Math.min(slot - window.slot, slotCount);
  for (let step = 1; step <= passed; step += 1) {
    const index = (window.slot + step) % slotCount;
    window.used -= window.counts[index] ?? 0;
    window.counts[index] = 0;
  }
  window.slot = Math.max(slot, window.slot);
}

function secondsToFirstFree(window: Window, nowSeconds: number): number {
  for (let age = slotCount - 1; age >= 0; age -= 1) {
    const slot = window.slot - age;
    if (slot >= 0 && (window.counts[slot % slotCount] ?? 0) > 0)
      return Math.max(1, Math.ceil((slot + slotCount) * slotSeconds - nowSeconds));
  }
  return 0;
}
