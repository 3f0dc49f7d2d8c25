import type { Logger } from '@urr/platform/logger.ts';

const everyMs = 10 * 60_000;
const batch = 1_000;

/** Something that removes at most `limit` rows nobody needs and answers how many it removed. */
export type Sweep = (limit: number) => Promise<number>;

/** Tidies from time to time; nothing decides by what a sweep has removed. Answers how to stop. */
export function startSweeping(sweeps: readonly Sweep[], logger: Logger): () => void {
  let isStopped = false;
  const tidy = async () => {
    for (const sweep of sweeps) {
      let removed = batch;
      while (removed === batch && !isStopped) removed = await sweep(batch);
    }
  };
  const timer = setInterval(() => {
    tidy().catch((error: unknown) => logger.warn({ err: error }, 'tidying failed'));
  }, everyMs);
  timer.unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
