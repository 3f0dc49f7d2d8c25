import type { Deps } from '../deps.ts';
import { orderRefunds } from './order-refunds.ts';

/** Has what cancelled events sold given back. */
export interface RefundSweeper {
  start(): void;
  stop(): Promise<void>;
}

/** One batch a look: payment gives back more slowly anyway, and other events' news must not queue behind a full house. */
export function createRefundSweeper(
  deps: Pick<Deps, 'db' | 'logger' | 'config' | 'wakeRelay'>,
): RefundSweeper {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const look = async () => {
    try {
      if ((await orderRefunds(deps.db)) > 0) deps.wakeRelay();
    } catch (error) {
      deps.logger.warn({ err: error }, 'refunds of cancelled events not ordered yet');
    }
  };
  return {
    start: () => {
      timer ??= setInterval(() => {
        running ??= look().finally(() => (running = undefined));
      }, deps.config.SWEEP_INTERVAL_MS);
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
