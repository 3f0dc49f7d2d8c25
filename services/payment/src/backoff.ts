/** Doubling waits with a ceiling; up to a quarter is random, so that rows of one outage do not come back as one wave. */
export function backoffMs(checks: number, firstMs: number, maxMs: number, random = Math.random()): number {
  const wait = Math.min(maxMs, firstMs * 2 ** Math.min(checks, 20));
  return Math.round(wait * (0.75 + 0.25 * random));
}
