import type { PauseNotice } from '@urr/contracts/queue-control.ts';
import type { LinePhase } from '@urr/contracts/queue.ts';

/** What catalog says of a sale, and the draw's secrets to use if the store does not know the sale yet. */
export interface LineSchedule {
  readonly eventId: string;
  readonly ownerId: string;
  readonly lobbyOpensAt: string;
  readonly opensAt: string;
  readonly endsAt: string;
  readonly capacity: number;
  readonly ratePerSecond: number;
  readonly threshold: number;
  readonly slotSeconds: number;
  readonly claimSeconds: number;
  readonly isCancelled: boolean;
  readonly isSoldOut: boolean;
  readonly secret: Buffer;
  readonly leafKey: Buffer;
}

/** What checkout was last measured to bear. */
export interface CheckoutHealth {
  readonly bearableRate: number;
  readonly p95Ms: number;
  readonly failureShare: number;
  /** Seconds since the measurement, by the store's clock. */
  readonly ageSeconds: number;
}

/** One sale's line at one instant of the store's clock. */
export interface Sale {
  readonly eventId: string;
  /** That instant. */
  readonly seenAt: Date;
  /** Account whose event it is. */
  readonly ownerId: string;
  readonly epoch: number;
  readonly phase: LinePhase;
  readonly lobbyOpensAt: Date;
  readonly opensAt: Date;
  readonly endsAt: Date;
  readonly secondsToLobby: number;
  readonly capacity: number;
  readonly ratePerSecond: number;
  readonly threshold: number;
  readonly slotSeconds: number;
  readonly claimSeconds: number;
  readonly isPaused: boolean;
  readonly isDraining: boolean;
  readonly notice: PauseNotice | null;
  readonly issued: number;
  readonly serving: number;
  readonly active: number;
  readonly secret: Buffer;
  readonly secretHash: Buffer;
  readonly leafKey: Buffer;
  readonly lobbySize: number | null;
  readonly rosterRoot: Buffer | null;
  readonly drawnAt: Date | null;
  readonly checkout: CheckoutHealth | null;
  /** True when a tick would change something. */
  readonly needsTick: boolean;
}

/** Somebody who joins; `receiptArrival` comes from a receipt that was verified. */
export interface Joiner {
  readonly accountId: string;
  readonly receiptArrival: number | null;
}

/** Outcome of one group of joins. An arrival of `null`: the line takes nobody new. */
export type JoinOutcome =
  | { readonly kind: 'unknown' | 'scheduled' | 'ended' | 'cancelled' }
  | {
      readonly kind: 'joined';
      readonly arrivals: readonly (number | null)[];
      readonly slotEnds: readonly (Date | null)[];
      readonly issued: number;
      readonly serving: number;
      readonly lobbySize: number | null;
      readonly epoch: number;
    };

/** Someone's current place as the store has it. */
export interface StoredPlace {
  readonly accountId: string;
  readonly arrival: number;
  readonly hasLeft: boolean;
  readonly slot: { readonly endsAt: Date; readonly isRunning: boolean } | null;
}

/** A place with the number the draw or the arrival gave it. */
export interface NumberedPlace {
  readonly accountId: string;
  readonly arrival: number;
  readonly number: number;
}

/** Outcome for one person who wants to enter. */
export type EnterOutcome =
  | {
      readonly kind: 'admitted';
      readonly slotId: string;
      readonly grantedAt: Date;
      readonly endsAt: Date;
      /** The how-manieth admission of this account in the sale, from 1. */
      readonly admission: number;
      /** True when this very call granted the slot. */
      readonly isNew: boolean;
    }
  | { readonly kind: 'used' | 'not-yet' | 'none' }
  | { readonly kind: 'closed'; readonly phase: LinePhase };

/** `drawing`: ask again; `renumbered`: ask again with the number the draw gave. */
export type LeaveOutcome = 'left' | 'drawing' | 'renumbered' | 'none';

/** A buyer is done; the message that says so makes a repeat harmless. */
export interface SlotRelease {
  readonly messageId: string;
  readonly accountId: string;
  /** The account's current one when absent. */
  readonly slotId?: string | undefined;
}

/** Result of a draw. */
export interface DrawRecord {
  /** Members it was held over; it stands only for a lobby frozen at that size. */
  readonly lobbySize: number;
  readonly rosterRoot: Buffer;
  /** Roots of the roster's chunks, 32 bytes each, in order. */
  readonly chunkRoots: Buffer;
  /** Numbers the draw gave to people who had left the lobby. */
  readonly holes: readonly number[];
}

/** Values of a sale its organiser may change. */
export interface LineSettings {
  readonly opensAt: Date;
  readonly capacity: number;
  readonly ratePerSecond: number;
  readonly isPaused: boolean;
  readonly isDraining: boolean;
  readonly notice: PauseNotice | null;
}

/** Numbers of the control room that are not in `Sale`. */
export interface LineFigures {
  readonly called: number;
  readonly lateClaimers: number;
  readonly admittedLastMinute: number;
}

/**
 * Port: what keeps lines. Each method is one atomic, durable step, in the order of the store's own clock, whichever
 * replica asks; `bearable` is the admissions per second checkout can bear, `null` when it was never measured.
 * `line-store-conformance.ts` says what an adapter must do; README.md of the service explains the model.
 */
export interface LineStore {
  /** Learns new sales and changed schedules. A live value changes only when catalog's own value did. */
  saveSchedules(schedules: readonly LineSchedule[]): Promise<void>;
  /** Sales that have not ended a day ago. */
  readSales(): Promise<Sale[]>;
  readSale(eventId: string): Promise<Sale | undefined>;
  /** Puts a lost sale back as a replica remembers it; does nothing when the store has it. */
  restoreSale(sale: Sale): Promise<void>;
  join(eventId: string, people: readonly Joiner[], bearable: number | null): Promise<JoinOutcome>;
  findPlaces(eventId: string, accountIds: readonly string[]): Promise<(StoredPlace | undefined)[]>;
  /** No account may stand in `people` twice. */
  enter(eventId: string, people: readonly NumberedPlace[], bearable: number | null): Promise<EnterOutcome[]>;
  /** Gives a place or a running slot back; a slot's end is announced (`urr.slot.released.v1`) in the same step. */
  leave(eventId: string, accountId: string, arrival: number, number: number | null): Promise<LeaveOutcome>;
  /** One tick: freezes the lobby at opening, ends slots, moves serving. */
  advance(eventId: string, bearable: number | null): Promise<void>;
  /** Accounts of the frozen roster from an index on, 16 bytes each; zeros for who left before it froze. */
  readRoster(eventId: string, fromIndex: number, count: number): Promise<Buffer>;
  /** True for the one caller whose draw stands. */
  recordDraw(eventId: string, draw: DrawRecord): Promise<boolean>;
  readChunkRoots(eventId: string): Promise<Buffer | undefined>;
  /** Ends, and announces the end of, slots that buyers have bought in; each by itself. */
  releaseSlots(eventId: string, releases: readonly SlotRelease[]): Promise<void>;
  /** `rule` is given the sale and answers what checkout bears now. */
  recordCheckout(
    messageId: string,
    eventId: string,
    rule: (sale: Sale) => Omit<CheckoutHealth, 'ageSeconds'>,
  ): Promise<void>;
  /** Applies an organiser's change and its audit entry; `rule` answers `undefined` when nothing changes. */
  changeSettings(
    eventId: string,
    actor: { readonly accountId: string; readonly action: string; readonly requestId: string },
    rule: (sale: Sale) => LineSettings | undefined,
  ): Promise<void>;
  readFigures(eventId: string): Promise<LineFigures>;
}
