import type { CheckoutHealth } from './line-store.ts';

/** One window of figures from checkout. */
export interface CheckoutFigures {
  /** Confirmations tried, failed ones included. */
  readonly confirmations: number;
  readonly failures: number;
  readonly p95Ms: number;
}

/** What the line must keep checkout below, and what it knows of the sale. */
export interface PaceLimits {
  readonly ratePerSecond: number;
  readonly active: number;
}

const bearableFailureShare = 0.05;
const decrease = 0.7;
const increaseShare = 0.1;
const floorShare = 0.1;
const missingAfterSeconds = 15;
const halvesEverySeconds = 30;

/**
 * Admissions per second checkout can bear now; `null` when it was never measured. While buyers are inside and figures
 * are missing, the last safe rate is held for 15 s and then halves every 30 s, down to a tenth of the configured rate.
 */
export function bearableNow(checkout: CheckoutHealth | null, limits: PaceLimits): number | null {
  if (checkout === null) return null;
  const missingSeconds = limits.active === 0 ? 0 : Math.max(0, checkout.ageSeconds - missingAfterSeconds);
  const decayed = checkout.bearableRate * 0.5 ** (missingSeconds / halvesEverySeconds);
  const floor = Math.min(checkout.bearableRate, limits.ratePerSecond * floorShare);
  return Math.min(limits.ratePerSecond, Math.max(decayed, floor));
}

/** Additive increase while checkout is well, multiplicative decrease when it is not; a window without buyers says nothing. */
export function nextBearableRate(
  current: number,
  figures: CheckoutFigures,
  rules: { readonly ratePerSecond: number; readonly p95TargetMs: number },
): number {
  const { ratePerSecond, p95TargetMs } = rules;
  const isWell = figures.p95Ms <= p95TargetMs && failureShareOf(figures) <= bearableFailureShare;
  if (figures.confirmations + figures.failures === 0) return Math.min(current, ratePerSecond);
  if (isWell) return Math.min(ratePerSecond, current + ratePerSecond * increaseShare);
  return Math.max(Math.min(current, ratePerSecond) * decrease, ratePerSecond * floorShare);
}

/** Share of confirmations that failed, 0 to 1. */
export function failureShareOf({ confirmations, failures }: CheckoutFigures): number {
  const tried = Math.max(confirmations, failures);
  return tried === 0 ? 0 : failures / tried;
}
