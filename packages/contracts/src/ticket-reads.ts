import { type Static, Type } from 'typebox';
import { Bilingual, EventParams, Grade, Nullable, SeatId, Timestamp, Uuid, Won } from './primitives.ts';
import { routeContract } from './route-contract.ts';
import { readSaleFigures } from './ticket-figures.ts';

const forEverybody = { service: 'ticket-service', access: 'public', limit: 'general' } as const;
const forOwner = { service: 'ticket-service', access: 'account', limit: 'general' } as const;

/** Bits of a seat's flags in `SeatLayout.flags`. */
export const seatFlagBits = { wheelchair: 1, companion: 2, blocked: 4, 'restricted-view': 8 } as const;

/**
 * A hall's seats in columns: element n of a column is about the seat with id n. Coordinates are whole centimetres, each
 * but the first given as the difference to the one before it; `decodeCoordinates` undoes that.
 */
export const SeatLayout = Type.Object({
  version: Type.String({
    description: 'Hash of the content; ask with `?v=` for an answer that may be kept for a year',
  }),
  layoutId: Uuid,
  layoutVersion: Type.Integer(),
  seatCount: Type.Integer(),
  sections: Type.Array(Type.String()),
  grades: Type.Array(Grade),
  runs: Type.Array(Type.Tuple([Type.Integer(), Type.String(), Type.Integer()]), {
    description:
      '[index of the section, label of the row, number of seats]: seats of one row with ids next to each other, in order of ids',
  }),
  labels: Type.Array(Type.String(), { description: 'Printed on the seat' }),
  x: Type.Array(Type.Integer()),
  y: Type.Array(Type.Integer()),
  grade: Type.Array(Type.Integer(), { description: 'Index in `grades`' }),
  flags: Type.Array(Type.Integer(), {
    description: 'Sum of 1 wheelchair, 2 companion, 4 blocked, 8 restricted view',
  }),
});
export type SeatLayout = Static<typeof SeatLayout>;

/** What is free of an event of seats or pools. Applies until the next version. */
export const SeatStatus = Type.Object({
  version: Type.String({ description: 'Position in the stream of changes; pass as `after` to `…/stream`' }),
  layout: Nullable(
    Type.String({ description: 'Version of the layout the seats are those of; null without seats' }),
  ),
  seats: Type.String({
    description:
      'Base64; two bits a seat, seat 0 in the lowest bits of the first byte: 0 free, 1 held, 2 sold, 3 blocked',
  }),
  grades: Type.Array(Type.Object({ grade: Grade, price: Won, total: Type.Integer(), left: Type.Integer() }), {
    description: 'Of seats; a blocked seat does not count',
  }),
  pools: Type.Array(
    Type.Object({
      ticketTypeId: Uuid,
      name: Bilingual,
      grade: Grade,
      price: Won,
      total: Type.Integer(),
      left: Type.Integer(),
    }),
  ),
});
export type SeatStatus = Static<typeof SeatStatus>;

const SeatIds = Type.Optional(Type.Array(SeatId));

/** Data of a `change` in the stream: which seats are now what, and what is left. A list that would be empty is left out. */
export const SeatChange = Type.Object({
  version: Type.String(),
  free: SeatIds,
  held: SeatIds,
  sold: SeatIds,
  blocked: SeatIds,
  left: Type.Object({
    grades: Type.Array(Type.Integer(), { description: 'In the order of `SeatStatus.grades`' }),
    pools: Type.Array(Type.Integer(), { description: 'In the order of `SeatStatus.pools`' }),
  }),
});
export type SeatChange = Static<typeof SeatChange>;

/** Absolute coordinates from a column of `SeatLayout`. */
export function decodeCoordinates(column: readonly number[]): number[] {
  let sum = 0;
  return column.map((difference) => (sum += difference));
}

/** State of one seat in the unpacked bytes of `SeatStatus.seats`: 0 free, 1 held, 2 sold, 3 blocked. */
export function packedSeatState(bytes: Uint8Array, seatId: number): number {
  return ((bytes[seatId >> 2] ?? 0xff) >> ((seatId & 3) * 2)) & 3;
}

const VersionText = Type.String({ maxLength: 40, pattern: '^[A-Za-z0-9_.-]+$' });

/** An event's seats. With the current `v` it never changes and may be kept for a year; without, it names its version. */
export const readSeatLayout = routeContract({
  name: 'readSeatLayout',
  summary: "An event's seats with their places in the hall",
  method: 'GET',
  path: '/api/v1/seats/events/:eventId/layout',
  ...forEverybody,
  params: EventParams,
  query: Type.Object({ v: Type.Optional(VersionText) }),
  success: { status: 200, body: SeatLayout },
  refusals: ['event-not-found', 'event-without-seats'],
});

/** What is free now; the same for everybody, from memory, cacheable for a second. */
export const readSeatStatus = routeContract({
  name: 'readSeatStatus',
  summary: 'Which seats are free, and how many by grade',
  method: 'GET',
  path: '/api/v1/seats/events/:eventId/status',
  ...forEverybody,
  params: EventParams,
  success: { status: 200, body: SeatStatus },
  refusals: ['event-not-found'],
});

/**
 * Server-sent events: `status` (data: `SeatStatus`; replaces everything) and `change` (data: `SeatChange`), each with its
 * version as id. It begins after `Last-Event-ID`, else after `after`, when that is remembered; otherwise with a `status`.
 */
export const streamSeatStatus = routeContract({
  name: 'streamSeatStatus',
  summary: 'Changes of the seat status as they happen (server-sent events)',
  method: 'GET',
  path: '/api/v1/seats/events/:eventId/stream',
  ...forEverybody,
  params: EventParams,
  query: Type.Object({ after: Type.Optional(VersionText) }),
  success: { status: 200, contentType: 'text/event-stream' },
  refusals: ['event-not-found', 'overloaded'],
});

/** States of a ticket; `returning` while its refund runs. */
export const TicketStateText = Type.Unsafe<'valid' | 'returning' | 'returned' | 'used'>(
  Type.String({ enum: ['valid', 'returning', 'returned', 'used'] }),
);

/** Where a ticket's seat is, as printed. */
export const TicketSeat = Type.Object({
  seatId: SeatId,
  section: Type.String(),
  row: Type.String(),
  seat: Type.String(),
});

const ticketPlace = {
  grade: Grade,
  seat: Nullable(TicketSeat),
  pool: Nullable(Type.Object({ ticketTypeId: Uuid, name: Bilingual })),
};

/** A ticket as its owner sees it. */
export const Ticket = Type.Object({
  ticketId: Uuid,
  eventId: Uuid,
  reservationId: Uuid,
  title: Bilingual,
  venue: Bilingual,
  startsAt: Timestamp,
  state: TicketStateText,
  ...ticketPlace,
  price: Won,
  refundableUntil: Type.Optional(Timestamp),
  issuedAt: Timestamp,
  usedAt: Nullable(Timestamp),
});
export type Ticket = Static<typeof Ticket>;

const TicketParams = Type.Object({ ticketId: Uuid });

/** The caller's tickets, newest first. */
export const listMyTickets = routeContract({
  name: 'listMyTickets',
  summary: 'My tickets, newest first',
  method: 'GET',
  path: '/api/v1/tickets/my',
  ...forOwner,
  query: Type.Object({
    eventId: Type.Optional(Uuid),
    before: Type.Optional(Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  }),
  success: {
    status: 200,
    body: Type.Object({
      tickets: Type.Array(Ticket),
      next: Type.Optional(Type.String({ description: 'Pass as `before` for the next page' })),
    }),
  },
  refusals: [],
});

/** One of the caller's tickets. */
export const readTicket = routeContract({
  name: 'readTicket',
  summary: 'One of my tickets',
  method: 'GET',
  path: '/api/v1/tickets/:ticketId',
  ...forOwner,
  params: TicketParams,
  success: { status: 200, body: Ticket },
  refusals: ['ticket-not-found'],
});

/** The QR of this half minute as SVG; `Cache-Control` and `x-rotates-at` say until when. */
export const readTicketQr = routeContract({
  name: 'readTicketQr',
  summary: 'QR of one of my tickets; changes every 30 seconds',
  method: 'GET',
  path: '/api/v1/tickets/:ticketId/qr',
  ...forOwner,
  params: TicketParams,
  success: { status: 200, contentType: 'image/svg+xml' },
  refusals: ['ticket-not-found', 'ticket-not-valid', 'ticket-already-used'],
});

/** What a device needs to draw the QR by itself, offline: `urr1.<code>.<one-time code>`, one-time codes by RFC 6238. */
export const TicketSecret = Type.Object({
  code: Type.String(),
  totpSecret: Type.String({ description: 'Key of the one-time codes, base64url' }),
  algorithm: Type.Literal('SHA-1'),
  digits: Type.Literal(8),
  periodSeconds: Type.Literal(30),
  now: Timestamp,
});
export type TicketSecret = Static<typeof TicketSecret>;

/** What a device needs to show the QR offline; `now` tells it how far its clock is off. */
export const readTicketSecret = routeContract({
  name: 'readTicketSecret',
  summary: 'What a device needs to draw the rotating QR of one of my tickets offline',
  method: 'GET',
  path: '/api/v1/tickets/:ticketId/secret',
  ...forOwner,
  params: TicketParams,
  success: { status: 200, body: TicketSecret },
  refusals: ['ticket-not-found', 'ticket-not-valid', 'ticket-already-used'],
});

/** What the gate shows after a scan that lets somebody in. */
export const CheckedInTicket = Type.Object({
  ticketId: Uuid,
  eventId: Uuid,
  ...ticketPlace,
  state: Type.Literal('used'),
  usedAt: Timestamp,
  holder: Type.Object(
    { tickets: Type.Integer(), used: Type.Integer() },
    {
      description:
        'Tickets of the same account for this event, this one included: how many there are, how many are in',
    },
  ),
});
export type CheckedInTicket = Static<typeof CheckedInTicket>;

/** Uses a ticket at the gate, once. The event's own organiser may, and an admin. */
export const checkInTicket = routeContract({
  name: 'checkInTicket',
  summary: 'Let the holder of a scanned QR in, once',
  method: 'POST',
  path: '/api/v1/tickets/check-in',
  service: 'ticket-service',
  access: 'organiser',
  limit: 'general',
  body: Type.Object(
    {
      eventId: Uuid,
      payload: Type.String({ minLength: 1, maxLength: 300, description: 'Text of the scanned QR' }),
    },
    { additionalProperties: false },
  ),
  success: { status: 200, body: CheckedInTicket },
  refusals: [
    'ticket-code-unknown',
    'ticket-code-stale',
    'ticket-for-another-event',
    'ticket-already-used',
    'ticket-not-valid',
  ],
});

/** Routes of ticket-service that show seats and tickets, and the gate. */
export const ticketReadRoutes = [
  readSeatLayout,
  readSeatStatus,
  streamSeatStatus,
  readSaleFigures,
  listMyTickets,
  readTicket,
  readTicketQr,
  readTicketSecret,
  checkInTicket,
] as const;
