import type { SalePhase } from './sale-phase.ts';

const secondsBetween: Readonly<Record<SalePhase, number | undefined>> = {
  'before-lobby': 60,
  lobby: 10,
  'on-sale': 5,
  paused: 5,
  draining: 10,
  'sold-out': 10,
  ended: undefined,
  cancelled: undefined,
};

/**
 * Milliseconds until the line is worth another look; undefined when it never changes again. Looks that failed come less often, and
 * `chance` (0 to 1) spreads a crowd that began at the same moment.
 */
export function pollDelayMs(phase: SalePhase, failures: number, chance: number): number | undefined {
  const seconds = secondsBetween[phase];
  if (seconds === undefined) return undefined;
  const slowed = Math.min(120, seconds * 2 ** Math.min(failures, 5));
  return Math.round(slowed * 1000 * (0.8 + 0.4 * chance));
}

/** Milliseconds until the first look after the phase turned: soon, and not with everybody else. */
export function firstDelayMs(chance: number): number {
  return Math.round(600 + 1900 * chance);
}
