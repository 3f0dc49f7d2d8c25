import type { Logger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';

/** Work that may outlive the request that began it; a stopping process waits for it. */
export interface Background {
  /** Starts work; refuses with `overloaded` when too much is under way. */
  run<Value>(work: () => Promise<Value>): Promise<Value>;
  /** The work's value, or undefined once the time is over; the work goes on. */
  within<Value>(work: Promise<Value>, ms: number): Promise<Value | undefined>;
  drained(): Promise<void>;
}

export function createBackground(limit: number, logger: Logger): Background {
  const running = new Set<Promise<unknown>>();
  return {
    run: (work) => {
      if (running.size >= limit) return Promise.reject(new Problem('overloaded', { retryAfter: 1 }));
      const promise = work();
      const tracked = promise.then(
        () => undefined,
        (error: unknown) => logger.error({ err: error }, 'background work failed; the reconciler takes over'),
      );
      running.add(tracked);
      void tracked.then(() => running.delete(tracked));
      return promise;
    },
    within: async (work, ms) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), ms);
      });
      try {
        return await Promise.race([work, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    drained: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
