import type { LayoutSeat } from '@urr/contracts/ticket-internal.ts';
import type { PlatformTables } from '@urr/platform/platform-tables.ts';
import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;
type DefaultInstant = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Json<Value> = ColumnType<Value, string, string>;
interface Text {
  readonly ko: string;
  readonly en: string;
}

export type SeatState = 'available' | 'held' | 'sold' | 'blocked';
export type ReservationState = 'pending' | 'confirmed' | 'expired' | 'cancelled';
export type TicketState = 'valid' | 'returning' | 'returned' | 'used';

/** One line of a reservation: a seat, or places of a pool. */
export type ReservationItem =
  | { readonly seatId: number; readonly grade: string; readonly price: number }
  | { readonly ticketTypeId: string; readonly grade: string; readonly price: number; readonly quantity: number };

export interface EventsTable {
  event_id: string;
  owner_id: string;
  title: Json<Text>;
  venue: Json<Text>;
  starts_at: Instant;
  sale_opens_at: Instant;
  sale_ends_at: Instant;
  limit_per_account: number;
  cancelled: boolean;
  layout_id: string | null;
  layout_version: number | null;
  seat_count: Generated<number>;
  revision: Generated<number>;
  /** Catalog's revision of the inventory. */
  pushed_revision: Generated<number>;
  updated_at: DefaultInstant;
}

export interface SeatsTable {
  event_id: string;
  seat_id: number;
  grade: string;
  state: Generated<SeatState>;
  reservation_id: string | null;
  held_until: OptionalInstant;
  /** xid8; as text, because it may pass 2^53. */
  changed_in: Generated<string>;
}

export interface ReservationsTable {
  reservation_id: string;
  event_id: string;
  account_id: string;
  state: ReservationState;
  quantity: number;
  amount: number;
  seat_ids: number[];
  items: Json<ReservationItem[]>;
  created_at: Instant;
  held_until: Instant;
  pinned_at: OptionalInstant;
  kept_at: OptionalInstant;
  ended_at: OptionalInstant;
  replaces: string | null;
  idempotency_key: string | null;
  fingerprint: string | null;
  /** The entry slot it was held in. */
  slot_id: string | null;
}

export interface TicketsTable {
  ticket_id: string;
  event_id: string;
  reservation_id: string;
  payment_id: string;
  account_id: string;
  seat_id: number | null;
  ticket_type_id: string | null;
  grade: string;
  price: number;
  code: string;
  totp_secret: Buffer;
  state: Generated<TicketState>;
  refund_id: string | null;
  issued_at: DefaultInstant;
  used_at: OptionalInstant;
  used_by: string | null;
  returned_at: OptionalInstant;
}

export interface TicketTables extends PlatformTables {
  layouts: {
    layout_id: string;
    version: number;
    seats: Json<LayoutSeat[]>;
    seat_count: number;
    seats_hash: string;
    created_at: DefaultInstant;
  };
  events: EventsTable;
  event_grades: { event_id: string; grade: string; price: number };
  seats: SeatsTable;
  pools: {
    event_id: string;
    ticket_type_id: string;
    name: Json<Text>;
    grade: string;
    quantity: number;
    price: number;
    sold: Generated<number>;
    held: Generated<number>;
    position: number;
  };
  pool_holds: {
    reservation_id: string;
    event_id: string;
    ticket_type_id: string;
    quantity: number;
    held_until: Instant;
  };
  reservations: ReservationsTable;
  fulfilments: {
    payment_id: string;
    reservation_id: string;
    outcome: 'issued' | 'lost';
    issued_for: string | null;
    replaced: boolean;
    ticket_ids: string[];
    amount: number;
    decided_at: DefaultInstant;
  };
  tickets: TicketsTable;
  ended_slots: { slot_id: string; ends_at: Instant };
  returns: {
    refund_id: string;
    reservation_id: string;
    account_id: string;
    ticket_ids: string[];
    amount: number;
    state: Generated<'open' | 'returned' | 'rejected'>;
    begun_at: DefaultInstant;
    ended_at: OptionalInstant;
  };
}
