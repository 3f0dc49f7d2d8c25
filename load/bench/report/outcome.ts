import { type BenchKey, meets } from '../lines.ts';
import type { Figure } from '../scenes/scene.ts';

/** What became of a line: measured, or a fault; a fault is never a number. */
export type Outcome =
  | { readonly kind: 'measured'; readonly figure: Figure }
  | { readonly kind: 'failed'; readonly fault: string };

/** 0 when every line was measured and meets its limit, else 1. */
export function exitCodeOf(outcomes: ReadonlyMap<BenchKey, Outcome>): 0 | 1 {
  return [...outcomes].every(([key, outcome]) => isGood(key, outcome)) ? 0 : 1;
}

/** True when a line was measured and meets its limit. */
export function isGood(key: BenchKey, outcome: Outcome): boolean {
  return outcome.kind === 'measured' && meets(key, outcome.figure.value);
}
