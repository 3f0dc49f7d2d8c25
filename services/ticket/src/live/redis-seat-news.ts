import { randomBytes } from 'node:crypto';
import type { Logger } from '@urr/platform/logger.ts';
import type { Redis } from '@urr/platform/redis/redis.ts';
import type { SeatNews } from './seat-news.ts';

/** One channel for all events: a replica ignores those nobody looks at there. A message: who tells, then event ids. */
export const seatNewsChannel = 'urr:seat-news';

/** Most events in one message. */
const mostInMessage = 200;

/** News between replicas over Redis. While a message is under way the next ones gather: a busy sale sends few. */
export function createRedisSeatNews(
  redis: Pick<Redis, 'publish' | 'subscribe'>,
  logger: Pick<Logger, 'info' | 'warn'>,
): SeatNews {
  const self = randomBytes(9).toString('base64url');
  const untold = new Set<string>();
  const state = { isTelling: false, isAway: false };
  const tellAll = async () => {
    state.isTelling = true;
    while (untold.size > 0) {
      const eventIds = [...untold].slice(0, mostInMessage);
      for (const eventId of eventIds) untold.delete(eventId);
      try {
        await redis.publish(seatNewsChannel, [self, ...eventIds].join(' '));
        if (state.isAway) logger.info('other replicas hear of changed seats at once again');
        state.isAway = false;
      } catch (error) {
        if (!state.isAway)
          logger.warn({ err: error }, 'other replicas hear of changed seats by looking alone');
        state.isAway = true;
      }
    }
    state.isTelling = false;
  };
  return {
    tell: (eventIds) => {
      for (const eventId of eventIds) untold.add(eventId);
      if (!state.isTelling) void tellAll();
    },
    hear: async (listener) => {
      await redis.subscribe(seatNewsChannel, (bytes) => {
        const [teller, ...eventIds] = bytes.toString('latin1').split(' ', mostInMessage + 1);
        if (teller !== self) for (const eventId of eventIds) listener(eventId);
      });
    },
  };
}
