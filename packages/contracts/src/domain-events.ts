import { type Static, type TSchema, Type } from 'typebox';
import { Bilingual, Grade, SeatId, Timestamp, Uuid, Won } from './primitives.ts';
import type { Topic } from './topology.ts';

/** A domain event's type, its topic and the shape of its data. Its key is the reservation's id, unless it says otherwise. */
export interface DomainEventDefinition<Data extends TSchema = TSchema> {
  readonly type: string;
  readonly topic: Topic;
  readonly data: Data;
}

function domainEvent<const Type extends string, const Data extends TSchema>(
  type: Type,
  topic: Topic,
  data: Data,
) {
  return { type, topic, data };
}

const reservationFacts = {
  reservationId: Uuid,
  eventId: Uuid,
  accountId: Uuid,
};

// For who tells the buyer.
const ShowFacts = Type.Object({ title: Bilingual, venue: Bilingual, startsAt: Timestamp });
const BoughtSeat = Type.Object({
  section: Type.String(),
  row: Type.String(),
  seat: Type.String(),
  grade: Grade,
});
const BoughtPlaces = Type.Object({ name: Bilingual, quantity: Type.Integer() });

/** A buyer holds seats or places. */
export const reservationCreated = domainEvent(
  'urr.reservation.created.v1',
  'reservation-events',
  Type.Object({ ...reservationFacts, quantity: Type.Integer(), amount: Won, expiresAt: Timestamp }),
);
/** Tickets are issued: the buyer is done. */
export const reservationConfirmed = domainEvent(
  'urr.reservation.confirmed.v1',
  'reservation-events',
  Type.Object({
    ...reservationFacts,
    paymentId: Uuid,
    amount: Won,
    seatIds: Type.Array(SeatId),
    grades: Type.Array(Grade),
    ticketIds: Type.Array(Uuid),
    slotId: Type.Optional(Uuid),
    show: ShowFacts,
    seats: Type.Array(BoughtSeat, { description: 'Seats as they are labelled' }),
    places: Type.Array(BoughtPlaces),
  }),
);
/** A hold ended without payment. */
export const reservationEnded = domainEvent(
  'urr.reservation.ended.v1',
  'reservation-events',
  Type.Object({
    ...reservationFacts,
    reason: Type.Union([Type.Literal('expired'), Type.Literal('cancelled')]),
  }),
);
/** Money arrived for a hold that is gone and nothing equal was free: payment must give it back. */
export const reservationLost = domainEvent(
  'urr.reservation.lost.v1',
  'reservation-events',
  Type.Object({ ...reservationFacts, paymentId: Uuid }),
);
/** Tickets given back after a refund; their places are free again. */
export const ticketsReturned = domainEvent(
  'urr.reservation.returned.v1',
  'reservation-events',
  Type.Object({ ...reservationFacts, refundId: Uuid, ticketIds: Type.Array(Uuid) }),
);
/** An event was cancelled: these tickets are locked under this refund, and payment gives their money back, unasked. */
export const refundOrdered = domainEvent(
  'urr.reservation.refund-ordered.v1',
  'reservation-events',
  Type.Object({
    ...reservationFacts,
    paymentId: Uuid,
    refundId: Uuid,
    ticketIds: Type.Array(Uuid),
    amount: Won,
    title: Bilingual,
  }),
);
/** A buyer's slot was given back before its end: its entry token opens nothing more. Key: slot id, the token's `jti`. */
export const slotReleased = domainEvent(
  'urr.slot.released.v1',
  'reservation-events',
  Type.Object({
    eventId: Uuid,
    accountId: Uuid,
    slotId: Uuid,
    endsAt: Timestamp,
    reason: Type.Union([Type.Literal('left'), Type.Literal('confirmed')]),
  }),
);

const paymentFacts = { paymentId: Uuid, reservationId: Uuid, eventId: Uuid, accountId: Uuid, amount: Won };

/** The provider took the money. Ticket issues the tickets, or reports the reservation lost. */
export const paymentCaptured = domainEvent(
  'urr.payment.captured.v1',
  'payment-events',
  Type.Object({ ...paymentFacts, acceptEqualSeats: Type.Boolean(), durationMs: Type.Integer() }),
);
/** A payment ended without money; the hold stays until it expires, so another attempt is possible. */
export const paymentFailed = domainEvent(
  'urr.payment.failed.v1',
  'payment-events',
  Type.Object({
    ...paymentFacts,
    code: Type.String(),
    byProvider: Type.Boolean(),
    durationMs: Type.Integer(),
  }),
);
/** The provider gave money back for these tickets. */
export const paymentRefunded = domainEvent(
  'urr.payment.refunded.v1',
  'payment-events',
  Type.Object({
    ...paymentFacts,
    refundId: Uuid,
    ticketIds: Type.Array(Uuid),
    orderName: Type.String({ description: 'As the provider shows it' }),
  }),
);
/** The provider refused a refund for good: the tickets stay with their owner. */
export const refundRejected = domainEvent(
  'urr.payment.refund-rejected.v1',
  'payment-events',
  Type.Object({ ...paymentFacts, refundId: Uuid, ticketIds: Type.Array(Uuid), code: Type.String() }),
);
/** Checkout's health over the last window; the line paces itself by it. Key: event id. */
export const checkoutMeasured = domainEvent(
  'urr.payment.checkout-measured.v1',
  'payment-events',
  Type.Object({
    eventId: Uuid,
    windowSeconds: Type.Integer(),
    confirmations: Type.Integer(),
    failures: Type.Integer({ description: 'Provider faults and timeouts; a declined card is not one' }),
    p95Ms: Type.Integer(),
  }),
);

/** Every domain event there is. */
export const domainEvents = [
  reservationCreated,
  reservationConfirmed,
  reservationEnded,
  reservationLost,
  ticketsReturned,
  refundOrdered,
  slotReleased,
  paymentCaptured,
  paymentFailed,
  paymentRefunded,
  refundRejected,
  checkoutMeasured,
] as const;

/** CloudEvents 1.0 envelope, as it stands in the outbox and on a topic. */
export const DomainEventEnvelope = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Uuid,
  source: Type.String(),
  type: Type.String(),
  subject: Type.String({ description: 'Aggregate id; the partition key' }),
  time: Timestamp,
  data: Type.Unknown(),
});
export type DomainEventEnvelope<Data = unknown> = Omit<Static<typeof DomainEventEnvelope>, 'data'> & {
  data: Data;
};

/** Data of one event definition. */
export type DomainEventData<Definition> =
  Definition extends DomainEventDefinition<infer Data> ? Static<Data> : never;
