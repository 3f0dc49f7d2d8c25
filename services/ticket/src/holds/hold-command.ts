import type { ReservationItem, SeatState } from '../tables.ts';

/** What every hold carries; `slotId` and `slotEndSeconds` (by the store's clock) are the entry token's. */
interface HoldCommand {
  readonly reservationId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly slotId: string;
  readonly slotEndSeconds: number;
  readonly idempotencyKey: string | undefined;
  readonly fingerprint: string | undefined;
}

/** Wants named seats, all or none. */
export interface SeatHold extends HoldCommand {
  readonly seatIds: readonly number[];
}

/** Wants places of pools, all or none; a pool is named once. */
export interface PlaceHold extends HoldCommand {
  readonly items: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
}

/** A seat that was not free. `state` null: another transaction has its row in hand. */
export interface RefusedSeat {
  readonly seatId: number;
  readonly state: SeatState | null;
  readonly heldUntilMs: number | null;
  readonly changedIn: number | null;
}

/** A pool as it stood when its places were decided. `left` null: there is no such pool. */
export interface RefusedPool {
  readonly ticketTypeId: string;
  readonly left: number | null;
  readonly nextEndMs: number | null;
}

interface Decided<Outcome extends string, Detail = null> {
  readonly outcome: Outcome;
  readonly detail: Detail;
}

/** What the store decided about one command. */
export type HoldAnswer =
  | {
      readonly outcome: 'won';
      readonly reservation_id: string;
      readonly amount: number;
      readonly items: readonly ReservationItem[];
      readonly created_at: Date;
      readonly held_until: Date;
      readonly changed_in: number;
    }
  | { readonly outcome: 'replayed'; readonly reservation_id: string }
  | Decided<'key-reused' | 'slot-over' | 'event-unknown' | 'event-cancelled' | 'sale-over'>
  | Decided<'limit-reached', { readonly limit: number; readonly live: number }>
  // Memory answers these two as well; then nobody has asked the store about the idempotency key.
  | (Decided<'seats-taken', readonly RefusedSeat[]> & { readonly isFromMemory?: boolean })
  | (Decided<'places-taken', readonly RefusedPool[]> & { readonly isFromMemory?: boolean });
