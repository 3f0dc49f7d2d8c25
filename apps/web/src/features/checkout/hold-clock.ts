/** How near the end of a hold is. */
export type HoldStage = 'calm' | 'soon' | 'last' | 'over';

/** Seconds left at which a reader is told. */
const soonSeconds = 120;
const lastSeconds = 30;

/** Whole seconds left of a hold; 0 once it is over. */
export function secondsLeft(expiresAt: string, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(expiresAt) - nowMs) / 1_000));
}

/** The stage of a hold with so many seconds left. */
export function holdStage(seconds: number): HoldStage {
  if (seconds <= 0) return 'over';
  if (seconds <= lastSeconds) return 'last';
  return seconds <= soonSeconds ? 'soon' : 'calm';
}

/** Part of a hold that is left, 0 to 1, for a bar. A pinned hold is longer than it was when it began. */
export function partLeft(hold: { createdAt: string; expiresAt: string }, nowMs: number): number {
  const whole = Date.parse(hold.expiresAt) - Date.parse(hold.createdAt);
  if (!(whole > 0)) return 0;
  return Math.min(1, Math.max(0, (Date.parse(hold.expiresAt) - nowMs) / whole));
}
