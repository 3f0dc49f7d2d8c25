import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from './logger.ts';

/** Work that is done again and again until it is stopped. */
export interface Repetition {
  /** Begins with a run at once. */
  start(): void;
  /** Lets the run in hand finish; no other follows. */
  stop(): Promise<void>;
}

/** Milliseconds that others have between two runs, however long a run takes. */
const leastPauseMs = 5;

/**
 * Runs `work` every `intervalMs`, from start to start, never twice at once; a run that fails is logged, and the next one
 * comes as usual. Work in many pieces looks at `stopping` between them.
 */
export function repeat(
  name: string,
  { intervalMs, logger }: { readonly intervalMs: number; readonly logger: Logger },
  work: (stopping: AbortSignal) => Promise<unknown>,
): Repetition {
  const stopped = new AbortController();
  const { signal } = stopped;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (!signal.aborted) {
      const startedAtMs = performance.now();
      try {
        await work(signal);
      } catch (error) {
        logger.warn({ err: error }, `${name} failed`);
      }
      const leftMs = startedAtMs + intervalMs - performance.now();
      await sleep(Math.max(leastPauseMs, leftMs), undefined, { signal }).catch(() => {});
    }
  };
  return {
    start: () => void (running ??= run()),
    stop: async () => {
      stopped.abort();
      await running;
    },
  };
}
