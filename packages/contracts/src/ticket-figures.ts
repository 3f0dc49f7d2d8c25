import { type Static, Type } from 'typebox';
import { EventParams, Grade, Timestamp, Uuid, Won } from './primitives.ts';
import { routeContract } from './route-contract.ts';

/** Places of one grade by what has become of them; a blocked seat does not count. */
export const GradeFigures = Type.Object({
  grade: Grade,
  total: Type.Integer(),
  held: Type.Integer(),
  sold: Type.Integer(),
  left: Type.Integer(),
});
export type GradeFigures = Static<typeof GradeFigures>;

/** How an event sells: places from memory, at most a tick old; reservations at most two seconds old. */
export const SaleFigures = Type.Object({
  eventId: Uuid,
  now: Timestamp,
  grades: Type.Array(GradeFigures),
  holds: Type.Integer({ description: 'Reservations that hold places now' }),
  paying: Type.Integer({ description: 'Those of them whose payment has begun' }),
  confirmed: Type.Integer(),
  expired: Type.Integer(),
  cancelled: Type.Integer(),
  revenue: Won,
});
export type SaleFigures = Static<typeof SaleFigures>;

/** How an event sells, for its organiser and admins. `revenue`: confirmed reservations, refunds not taken off. */
export const readSaleFigures = routeContract({
  name: 'readSaleFigures',
  summary: 'Held, sold and left by grade, reservations and revenue of an event',
  method: 'GET',
  path: '/api/v1/seats/events/:eventId/figures',
  service: 'ticket-service',
  access: 'organiser',
  limit: 'general',
  params: EventParams,
  success: { status: 200, body: SaleFigures },
  refusals: ['event-not-found'],
});
