import type { Logger } from '@urr/platform/logger.ts';

/** Work repeated with a pause between two runs, never two at once. */
export interface Periodic {
  start(): void;
  stop(): Promise<void>;
}

export function createPeriodic(
  name: string,
  intervalMs: number,
  work: () => Promise<unknown>,
  logger: Logger,
): Periodic {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> | undefined;
  const run = () => {
    running = work()
      .catch((error: unknown) => logger.warn({ err: error }, `${name} failed`))
      .finally(() => {
        if (timer !== undefined) timer = setTimeout(run, intervalMs);
      });
  };
  return {
    start: () => {
      timer = setTimeout(run, intervalMs);
    },
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}
