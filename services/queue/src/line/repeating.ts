import type { Logger } from '@urr/platform/logger.ts';

/** Work that is done again and again until it is stopped. */
export interface Repeating {
  start(): void;
  /** Lets the run in hand finish. */
  stop(): Promise<void>;
}

/** Runs `work` every `intervalMs`, never twice at once; a fault is logged and the next run comes as usual. */
export function repeat(
  name: string,
  { intervalMs, logger }: { intervalMs: number; logger: Logger },
  work: () => Promise<void>,
): Repeating {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const run = async () => {
    const startedAt = performance.now();
    try {
      await work();
    } catch (error) {
      logger.warn({ err: error }, `${name} failed`);
    }
    const spent = performance.now() - startedAt;
    if (!isStopped) timer = setTimeout(() => void (running = run()), Math.max(5, intervalMs - spent));
  };
  return {
    start: () => void (running = run()),
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
