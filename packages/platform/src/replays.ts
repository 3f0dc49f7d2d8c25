import type { Subscription } from './event-bus.ts';
import type { Logger } from './logger.ts';

/** Carries out the replays that operators ask for, as long as the service runs. */
export interface Replays {
  start(): void;
  /** Lets the event in hand end. */
  stop(): Promise<void>;
}

const lookEveryMs = 1_000;

/** Looks every second whether the replay of a buried event was asked for, for each subscription of a service. */
export function createReplays(subscriptions: readonly Subscription[], logger: Logger): Replays {
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  const look = async () => {
    for (const { deadLetters, topic, handle } of subscriptions) {
      try {
        const handed = await deadLetters.replayRequested(topic, handle);
        if (handed > 0) logger.info({ topic, events: handed }, 'buried events replayed');
      } catch (error) {
        logger.warn({ err: error, topic }, 'replay of buried events interrupted');
      }
    }
  };
  const schedule = () => {
    timer = setTimeout(() => {
      looking = look().then(() => {
        if (timer !== undefined) schedule();
      });
    }, lookEveryMs);
  };
  return {
    start: () => {
      if (subscriptions.length > 0) schedule();
    },
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      await looking;
    },
  };
}
