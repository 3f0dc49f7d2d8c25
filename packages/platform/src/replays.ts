import type { Subscription } from './event-bus.ts';
import type { Logger } from './logger.ts';
import { type Repetition, repeat } from './repeat.ts';

const lookEveryMs = 1_000;

/** Looks every second whether the replay of a buried event was asked for, for each subscription of a service. */
export function createReplays(subscriptions: readonly Subscription[], logger: Logger): Repetition {
  return repeat('replaying buried events', { intervalMs: lookEveryMs, logger }, async () => {
    for (const { deadLetters, topic, handle } of subscriptions) {
      try {
        const handed = await deadLetters.replayRequested(topic, handle);
        if (handed > 0) logger.info({ topic, events: handed }, 'buried events replayed');
      } catch (error) {
        logger.warn({ err: error, topic }, 'replay of buried events interrupted');
      }
    }
  });
}
