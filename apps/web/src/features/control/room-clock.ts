/** Further apart than this, the device's clock was set: begin anew. Milliseconds. */
const jumpMs = 2_000;

/**
 * What to add to the device's clock to get the server's. Every answer was under way for a while, so each estimate is too
 * small by that: the greatest is the truest.
 */
export function nextOffset(known: number | undefined, estimate: number): number {
  if (known === undefined || Math.abs(known - estimate) > jumpMs) return estimate;
  return Math.max(known, estimate);
}
