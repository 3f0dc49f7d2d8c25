import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@urr/platform/logger.ts';

/** Work that runs again and again, never twice at once. */
export interface Repetition {
  start(): void;
  /** Lets the run in hand finish. */
  stop(): Promise<void>;
}

/** Repeats `work` with a pause between two runs; a run that throws is logged and the next one tries again. */
export function repeat(
  work: () => Promise<unknown>,
  options: { readonly name: string; readonly pauseMs: number; readonly logger: Logger },
): Repetition {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  const run = async () => {
    while (!stopped.signal.aborted) {
      try {
        await work();
      } catch (error) {
        options.logger.warn({ err: error }, `${options.name} failed`);
      }
      await sleep(options.pauseMs, undefined, { signal: stopped.signal }).catch(() => {});
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
