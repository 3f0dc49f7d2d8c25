import type { StateDocument } from '@urr/contracts/queue.ts';
import type { SeatLayout } from '@urr/contracts/ticket-reads.ts';
import type { Fan } from './population.ts';

/** What is true for every fan of a run. */
export interface World {
  readonly eventId: string;
  readonly seed: number;
  /** Halls that browsers have seen, by version. */
  readonly layouts: Map<string, SeatLayout>;
  /** Milliseconds since the epoch. */
  wallClockMs(): number;
  /** True once nothing can be bought any more: nobody waits any longer. */
  isOver(): boolean;
  /** Every line state a fan has read. */
  observe(state: StateDocument): void;
  /** One more of something, for the progress line. */
  count(what: Counted): void;
}

/** What the progress line shows. Never what the audit reports. */
export type Counted = 'admitted' | 'held' | 'released' | 'paid';

/** A place as it was acknowledged to its fan. */
interface AcknowledgedPlace {
  readonly receipt: string | null;
  readonly number: number | null;
  readonly lobbyIndex: number | null;
}

/** What a fan remembers of answers; the one thing an audit takes from fans. */
interface Memory {
  readonly places: AcknowledgedPlace[];
  readonly keyed: { readonly key: string; readonly reservationIds: string[] }[];
  hasLeft: boolean;
  /** When the first join left and when its answer came; milliseconds of `performance.now()`. */
  joinSentAtMs?: number;
  joinAnsweredAtMs?: number;
}

/** A fan while it lives. */
export interface FanContext {
  readonly fan: Fan;
  readonly world: World;
  readonly memory: Memory;
  /** A new idempotency key. */
  newKey(): string;
}

/** Creates the context of one fan. */
export function createFanContext(fan: Fan, world: World): FanContext {
  let keys = 0;
  return {
    fan,
    world,
    memory: { places: [], keyed: [], hasLeft: false },
    newKey: () => `drill-${world.seed}-${fan.profile.index}-${keys++}`,
  };
}

/** How a fan's visit ended. */
export type Ending =
  | 'bought'
  | 'left-line'
  | 'still-waiting'
  | 'cut-off-inside'
  | 'found-nothing'
  | 'abandoned-hold'
  | 'refunded'
  | 'payment-unknown'
  | `refused at the door: ${string}`
  | `refused inside: ${string}`;
