import { type Static, Type } from 'typebox';
import { Bilingual, Grade, ReservationParams, SeatId, Timestamp, Uuid, Won } from './primitives.ts';
import { routeContract } from './route-contract.ts';
import {
  beginReturn,
  confirmReservation,
  pinReservation,
  pushInventory,
  quoteReturn,
  readEventOwner,
  readStock,
} from './ticket-internal.ts';

/** Most places one request may ask for. */
export const mostPlaces = 20;

/** States of a reservation; all but `pending` are final. */
export const ReservationStateText = Type.Unsafe<'pending' | 'confirmed' | 'expired' | 'cancelled'>(
  Type.String({ enum: ['pending', 'confirmed', 'expired', 'cancelled'] }),
);

/** A seat of a reservation, as printed on the ticket. */
export const ReservedSeat = Type.Object({
  seatId: SeatId,
  section: Type.String(),
  row: Type.String(),
  seat: Type.String(),
  grade: Grade,
  price: Won,
});

/** Places of a pool in a reservation. */
export const ReservedPlaces = Type.Object({
  ticketTypeId: Uuid,
  name: Bilingual,
  grade: Grade,
  price: Won,
  quantity: Type.Integer(),
});

/** A buyer's hold on its way to payment. */
export const Reservation = Type.Object({
  reservationId: Uuid,
  eventId: Uuid,
  state: ReservationStateText,
  quantity: Type.Integer(),
  amount: Won,
  createdAt: Timestamp,
  expiresAt: Timestamp,
  pinned: Type.Boolean({ description: 'Payment has begun; the hold was extended, once' }),
  seats: Type.Array(ReservedSeat),
  places: Type.Array(ReservedPlaces),
  /** No refund by the buyer from then on; a cancelled show has none and gives everything back by itself. */
  refundableUntil: Type.Optional(Timestamp),
  replaces: Type.Optional(Uuid),
});
export type Reservation = Static<typeof Reservation>;

const holdRefusals = [
  'event-not-found',
  'entry-token-missing',
  'entry-token-invalid',
  'entry-token-foreign',
  'entry-token-expired',
  'sale-cancelled',
  'sale-over',
  'limit-reached',
  'idempotency-key-reused',
  'request-in-flight',
] as const;

/** Holds the named seats: all or none. */
export const reserveSeats = routeContract({
  name: 'reserveSeats',
  summary: 'Hold named seats, all or none',
  method: 'POST',
  path: '/api/v1/seats/reserve',
  service: 'ticket-service',
  access: 'account',
  limit: 'booking',
  body: Type.Object(
    {
      eventId: Uuid,
      seatIds: Type.Array(SeatId, { minItems: 1, maxItems: mostPlaces, uniqueItems: true }),
    },
    { additionalProperties: false },
  ),
  success: { status: 201, body: Reservation },
  refusals: [...holdRefusals, 'seats-unknown', 'seats-taken'],
  entry: true,
  idempotent: true,
});

/** Holds the best free seats of a grade: together, front and centre first. */
export const reserveBestAvailable = routeContract({
  name: 'reserveBestAvailable',
  summary: 'Hold the best free seats of a grade, side by side where possible',
  method: 'POST',
  path: '/api/v1/seats/best-available',
  service: 'ticket-service',
  access: 'account',
  limit: 'booking',
  body: Type.Object(
    { eventId: Uuid, grade: Grade, quantity: Type.Integer({ minimum: 1, maximum: mostPlaces }) },
    { additionalProperties: false },
  ),
  success: { status: 201, body: Reservation },
  refusals: [...holdRefusals, 'grade-unknown', 'grade-sold-out', 'seats-taken'],
  entry: true,
  idempotent: true,
});

/** Holds places of pools: all or none. */
export const reservePlaces = routeContract({
  name: 'reservePlaces',
  summary: 'Hold standing or unnumbered places, all or none',
  method: 'POST',
  path: '/api/v1/reservations',
  service: 'ticket-service',
  access: 'account',
  limit: 'booking',
  body: Type.Object(
    {
      eventId: Uuid,
      items: Type.Array(
        Type.Object(
          { ticketTypeId: Uuid, quantity: Type.Integer({ minimum: 1, maximum: mostPlaces }) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: mostPlaces },
      ),
    },
    { additionalProperties: false },
  ),
  success: { status: 201, body: Reservation },
  refusals: [...holdRefusals, 'ticket-type-unknown', 'places-taken'],
  entry: true,
  idempotent: true,
});

/** The caller's reservations, newest first. */
export const listMyReservations = routeContract({
  name: 'listMyReservations',
  summary: 'My reservations, newest first',
  method: 'GET',
  path: '/api/v1/reservations/my',
  service: 'ticket-service',
  access: 'account',
  limit: 'general',
  query: Type.Object({
    before: Type.Optional(Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  }),
  success: {
    status: 200,
    body: Type.Object({
      reservations: Type.Array(Reservation),
      next: Type.Optional(Type.String({ description: 'Pass as `before` for the next page' })),
    }),
  },
  refusals: [],
});

/** One of the caller's reservations. */
export const readReservation = routeContract({
  name: 'readReservation',
  summary: 'One of my reservations',
  method: 'GET',
  path: '/api/v1/reservations/:reservationId',
  service: 'ticket-service',
  access: 'account',
  limit: 'general',
  params: ReservationParams,
  success: { status: 200, body: Reservation },
  refusals: ['reservation-not-found'],
});

/** Gives a hold back before it is paid. Repeating it changes nothing. */
export const cancelReservation = routeContract({
  name: 'cancelReservation',
  summary: 'Give a hold back; its places are free at once',
  method: 'POST',
  path: '/api/v1/reservations/:reservationId/cancel',
  service: 'ticket-service',
  access: 'account',
  limit: 'booking',
  params: ReservationParams,
  success: { status: 200, body: Reservation },
  refusals: ['reservation-not-found', 'reservation-over', 'reservation-confirmed'],
});

/** Every route of ticket-service. */
export const ticketRoutes = [
  reserveSeats,
  reserveBestAvailable,
  reservePlaces,
  listMyReservations,
  readReservation,
  cancelReservation,
  pushInventory,
  readStock,
  readEventOwner,
  pinReservation,
  confirmReservation,
  beginReturn,
  quoteReturn,
] as const;
