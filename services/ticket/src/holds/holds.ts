import { GroupCommit } from '@urr/platform/group-commit.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import type pg from 'pg';
import type { TicketConfig } from '../config.ts';
import type { LiveSales } from '../live/live-sales.ts';
import type { HoldAnswer, PlaceHold, SeatHold } from './hold-command.ts';
import { findReplays, holdPlaces, holdSeats, type KeyOfAccount } from './hold-store.ts';
import { rememberPlaces, rememberSeats } from './remember-holds.ts';
import { Turns } from './turns.ts';

/** What memory knows against a hold, if anything. */
export type Pointless = () => HoldAnswer | undefined;

/** Holds, written in groups: one statement and one disk flush for all that arrived meanwhile. */
export interface Holds {
  holdSeats(wish: Omit<SeatHold, 'reservationId'>, pointless: Pointless): Promise<HoldAnswer>;
  holdPlaces(wish: Omit<PlaceHold, 'reservationId'>, pointless: Pointless): Promise<HoldAnswer>;
  /** The reservation made under a key, or undefined; grouped reads, nothing written. */
  findReplay(key: KeyOfAccount): Promise<{ reservationId: string; fingerprint: string } | undefined>;
  /** Resolves when nothing waits. */
  drained(): Promise<void>;
}

interface HoldsParts {
  readonly pool: pg.Pool;
  readonly config: Pick<TicketConfig, 'HOLD_SECONDS' | 'HOLD_GROUP_SIZE' | 'HOLD_QUEUE_SIZE'>;
  readonly live: LiveSales;
}

/** Creates the three writers of holds. */
export function createHolds({ pool, config, live }: HoldsParts): Holds {
  const { HOLD_GROUP_SIZE: groupSize, HOLD_QUEUE_SIZE: queueSize, HOLD_SECONDS: holdSeconds } = config;
  const seats = new GroupCommit<SeatHold, HoldAnswer>({
    groupSize,
    queueSize,
    write: async (commands) => {
      const answers = await holdSeats(pool, commands, holdSeconds);
      rememberSeats(live, commands, answers);
      return answers;
    },
  });
  const places = new GroupCommit<PlaceHold, HoldAnswer>({
    groupSize,
    queueSize,
    write: async (commands) => {
      const answers = await holdPlaces(pool, commands, holdSeconds);
      rememberPlaces(live, commands, answers);
      return answers;
    },
  });
  const replays = new GroupCommit<KeyOfAccount, { reservationId: string; fingerprint: string } | undefined>({
    groupSize,
    queueSize,
    write: (keys) => findReplays(pool, keys),
  });
  // Nobody may lose to a command that itself loses, so two that want the same seat never meet in one group.
  const turns = new Turns(queueSize);
  return {
    holdSeats: (wish, pointless) => turns.run(keysOf(wish), pointless, () => seats.submit(named(wish))),
    holdPlaces: (wish, pointless) => turns.run([wish.accountId], pointless, () => places.submit(named(wish))),
    findReplay: (key) => replays.submit(key),
    drained: async () => {
      await Promise.all([seats.drained(), places.drained(), replays.drained()]);
    },
  };
}

function named<Wish extends object>(wish: Wish): Wish & { reservationId: string } {
  return { ...wish, reservationId: uuidv7() };
}

function keysOf({ accountId, eventId, seatIds }: Omit<SeatHold, 'reservationId'>): string[] {
  return [accountId, ...seatIds.map((seatId) => `${eventId}/${seatId}`)];
}
