import { type Static, Type } from 'typebox';
import { Timestamp, Uuid } from './primitives.ts';
import { routeContract } from './route-contract.ts';
import { GradeStock } from './ticket-internal.ts';

/** The schedule and limits of one sale, as queue-service runs it. */
export const SaleSchedule = Type.Object({
  eventId: Uuid,
  ownerId: Uuid,
  lobbyOpensAt: Timestamp,
  opensAt: Timestamp,
  endsAt: Timestamp,
  capacity: Type.Integer({ minimum: 1, description: 'Most buyers active at once' }),
  ratePerSecond: Type.Integer({ minimum: 1, description: 'Most admissions in any one second' }),
  threshold: Type.Integer({ minimum: 0, description: 'Line length below which nobody sees a line' }),
  slotSeconds: Type.Integer({ minimum: 30, maximum: 3600 }),
  cancelled: Type.Boolean(),
  soldOut: Type.Boolean(),
  stock: Type.Array(GradeStock),
});
export type SaleSchedule = Static<typeof SaleSchedule>;

/** queue → catalog: every published sale that has not ended, with its live stock (at most 1 s old). */
export const readSales = routeContract({
  name: 'readSales',
  summary: 'Schedules and stock of the sales that have not ended',
  method: 'GET',
  path: '/internal/sales',
  service: 'catalog-service',
  access: 'internal',
  limit: 'general',
  success: { status: 200, body: Type.Object({ sales: Type.Array(SaleSchedule) }) },
  refusals: [],
});
