import { type Static, Type } from 'typebox';
import {
  Bilingual,
  EventParams,
  Grade,
  Nullable,
  ReservationParams,
  Timestamp,
  Uuid,
  Won,
} from './primitives.ts';
import { routeContract } from './route-contract.ts';

/** One seat of a layout as the hall's CSV describes it; its id is its position in the list. */
export const LayoutSeat = Type.Object(
  {
    section: Type.String(),
    row: Type.String(),
    seat: Type.String({ description: 'Label printed on the seat' }),
    grade: Grade,
    x: Type.Number({ description: 'Centimetres' }),
    y: Type.Number({ description: 'Centimetres' }),
    flags: Type.Array(
      Type.Union([
        Type.Literal('wheelchair'),
        Type.Literal('companion'),
        Type.Literal('blocked'),
        Type.Literal('restricted-view'),
      ]),
    ),
  },
  { additionalProperties: false },
);
export type LayoutSeat = Static<typeof LayoutSeat>;

/** Everything ticket-service needs to sell an event. Seats and pools exclude each other. */
export const Inventory = Type.Object(
  {
    revision: Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Grows with every change; an older one that comes late is ignored',
    }),
    ownerId: Uuid,
    title: Bilingual,
    venue: Bilingual,
    startsAt: Timestamp,
    saleOpensAt: Timestamp,
    saleEndsAt: Timestamp,
    limitPerAccount: Type.Integer({ minimum: 1, maximum: 20 }),
    cancelled: Type.Boolean(),
    layout: Nullable(
      Type.Object({
        layoutId: Uuid,
        version: Type.Integer({ minimum: 1 }),
        seats: Type.Array(LayoutSeat, { maxItems: 100_000 }),
      }),
    ),
    prices: Type.Array(Type.Object({ grade: Grade, price: Won })),
    pools: Type.Array(
      Type.Object({
        ticketTypeId: Uuid,
        name: Bilingual,
        grade: Grade,
        quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
        price: Won,
      }),
    ),
  },
  { additionalProperties: false },
);
export type Inventory = Static<typeof Inventory>;

/** Places of one grade: how many exist and how many are free now. */
export const GradeStock = Type.Object({
  grade: Grade,
  price: Won,
  total: Type.Integer(),
  left: Type.Integer(),
});
export type GradeStock = Static<typeof GradeStock>;

/**
 * catalog → ticket: create or correct an event's inventory. Idempotent; what is sold or held never changes, and a
 * revision older than the stored one changes nothing.
 */
export const pushInventory = routeContract({
  name: 'pushInventory',
  summary: "Create or correct an event's inventory",
  method: 'PUT',
  path: '/internal/events/:eventId/inventory',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  params: EventParams,
  body: Inventory,
  bodyLimit: 32 * 1024 * 1024,
  success: { status: 200, body: Type.Object({ seats: Type.Integer(), pools: Type.Integer() }) },
  refusals: ['inventory-conflict'],
});

/** catalog → ticket: live stock of several events, comma-separated ids. Unknown ids are left out. */
export const readStock = routeContract({
  name: 'readStock',
  summary: 'Live stock by grade of several events',
  method: 'GET',
  path: '/internal/stock',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  query: Type.Object({ eventIds: Type.String({ maxLength: 37 * 200 }) }),
  success: {
    status: 200,
    body: Type.Object({ events: Type.Array(Type.Object({ eventId: Uuid, grades: Type.Array(GradeStock) })) }),
  },
  refusals: [],
});

/** payment → ticket: whose event it is, as catalog last said. */
export const readEventOwner = routeContract({
  name: 'readEventOwner',
  summary: 'Whose event it is',
  method: 'GET',
  path: '/internal/events/:eventId/owner',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  params: EventParams,
  success: { status: 200, body: Type.Object({ ownerId: Uuid }) },
  refusals: ['event-not-found'],
});

/** What the buyer reads in the payment window. */
const OrderName = Type.String({ maxLength: 100 });

/** What payment needs to know of a reservation before it takes money. */
export const PayableReservation = Type.Object({
  reservationId: Uuid,
  eventId: Uuid,
  accountId: Uuid,
  state: Type.Union([
    Type.Literal('pending'),
    Type.Literal('confirmed'),
    Type.Literal('expired'),
    Type.Literal('cancelled'),
  ]),
  amount: Won,
  orderName: Type.Object({ ko: OrderName, en: OrderName }),
  expiresAt: Timestamp,
});
export type PayableReservation = Static<typeof PayableReservation>;

/**
 * payment → ticket: pin the hold for the provider's window (10 min + margin), or keep it for as long as it may take to learn
 * whether it was paid; each once per reservation, a repeat answers the same expiry. Refused when the hold is over or its
 * event is cancelled.
 */
export const pinReservation = routeContract({
  name: 'pinReservation',
  summary: "Pin a hold for the provider's window, or keep it while its outcome is unknown",
  method: 'POST',
  path: '/internal/reservations/:reservationId/pin',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  params: ReservationParams,
  body: Type.Object({
    accountId: Uuid,
    reason: Type.Optional(
      Type.Literal('outcome-unknown', { description: 'Absent: a payment is about to start' }),
    ),
  }),
  success: { status: 200, body: PayableReservation },
  refusals: ['reservation-not-found', 'reservation-over', 'sale-cancelled'],
});

/** Answer to a confirmation: tickets issued, or the places are lost and the money must go back. */
export const Fulfilment = Type.Union([
  Type.Object({ outcome: Type.Literal('issued'), ticketIds: Type.Array(Uuid), replaced: Type.Boolean() }),
  Type.Object({ outcome: Type.Literal('lost') }),
]);
export type Fulfilment = Static<typeof Fulfilment>;

/** payment → ticket: money is taken, issue the tickets. Idempotent by payment id; the first outcome stands. */
export const confirmReservation = routeContract({
  name: 'confirmReservation',
  summary: 'Issue the tickets of a paid reservation',
  method: 'POST',
  path: '/internal/reservations/:reservationId/confirm',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  params: ReservationParams,
  body: Type.Object({
    paymentId: Uuid,
    eventId: Uuid,
    accountId: Uuid,
    amount: Won,
    acceptEqualSeats: Type.Boolean(),
  }),
  success: { status: 200, body: Fulfilment },
  refusals: ['reservation-not-found', 'amount-mismatch'],
});

/** payment → ticket: stop tickets from being used while their refund runs. Idempotent by refund id. */
export const beginReturn = routeContract({
  name: 'beginReturn',
  summary: 'Lock tickets for a refund',
  method: 'POST',
  path: '/internal/reservations/:reservationId/returns',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  params: ReservationParams,
  body: Type.Object({
    refundId: Uuid,
    accountId: Uuid,
    ticketIds: Type.Optional(Type.Array(Uuid, { description: 'All when absent' })),
  }),
  success: { status: 200, body: Type.Object({ ticketIds: Type.Array(Uuid), amount: Won }) },
  refusals: ['reservation-not-found', 'ticket-not-returnable', 'return-too-late'],
});

/** payment → ticket: what `beginReturn` would lock and give back; changes nothing. `ticketIds`: comma-separated, all when absent. */
export const quoteReturn = routeContract({
  name: 'quoteReturn',
  summary: 'What a return would give back',
  method: 'GET',
  path: '/internal/reservations/:reservationId/returns/quote',
  service: 'ticket-service',
  access: 'internal',
  limit: 'general',
  params: ReservationParams,
  query: Type.Object({ accountId: Uuid, ticketIds: Type.Optional(Type.String({ maxLength: 37 * 20 })) }),
  success: { status: 200, body: Type.Object({ ticketIds: Type.Array(Uuid), amount: Won }) },
  refusals: ['reservation-not-found', 'ticket-not-returnable', 'return-too-late'],
});
