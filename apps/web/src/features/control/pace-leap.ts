/** A change of pace that is asked about before it applies: far more people at once, or nobody any more. */
export type PaceLeap =
  | { readonly kind: 'raise'; readonly before: number; readonly after: number; readonly times: number | null }
  | { readonly kind: 'none'; readonly before: number };

/** So many times the present value is no adjustment any more; a digit too many makes ten. */
const leapTimes = 5;

/** Names the leap from one value to another; `null` for a change that may apply at once. `times` is null from nothing. */
export function paceLeapOf(before: number, after: number): PaceLeap | null {
  if (after === before) return null;
  if (after === 0) return { kind: 'none', before };
  if (after < before * leapTimes) return null;
  return { kind: 'raise', before, after, times: before === 0 ? null : Math.floor(after / before) };
}
