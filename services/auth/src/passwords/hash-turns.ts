import { Problem } from '@urr/platform/problem.ts';

/** Runs a work when its turn comes, or refuses it with `overloaded` because its turn would come too late. */
export type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** How many works run at once and how long one may wait. */
export interface TurnLimits {
  readonly concurrency: number;
  /** Most that may wait. */
  readonly queueSize: number;
  /** Milliseconds; judged by how long works took lately. */
  readonly longestWaitMs: number;
}

// Weight of the newest duration in the running mean.
const newest = 0.1;

/** Creates a bounded queue of works. */
export function createHashTurns({ concurrency, queueSize, longestWaitMs }: TurnLimits): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  let usualMs = 0;
  const comesTooLate = () =>
    waiting.length >= queueSize || ((waiting.length + 1) * usualMs) / concurrency > longestWaitMs;
  return async (work) => {
    if (running < concurrency) running += 1;
    else if (comesTooLate()) throw new Problem('overloaded', { retryAfter: 1 });
    // The one that finishes hands its turn over, so `running` does not change.
    else await new Promise<void>((turn) => waiting.push(turn));
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      usualMs += newest * (performance.now() - startedAt - usualMs);
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
