import { type Static, Type } from 'typebox';
import { EventParams, Nullable, Timestamp, Uuid } from './primitives.ts';
import { routeContract } from './route-contract.ts';

/** Notice shown to everybody in line; short, because the state document is. */
export const PauseNotice = Type.Object(
  {
    ko: Type.String({ maxLength: 40, pattern: '^[^\\u0000-\\u001f\\ud800-\\udfff]*$' }),
    en: Type.String({ maxLength: 80, pattern: '^[\\x20-\\x7e]*$' }),
  },
  { additionalProperties: false },
);
export type PauseNotice = Static<typeof PauseNotice>;

function action<const Name extends string>(name: Name) {
  return Type.Object({ action: Type.Literal(name) }, { additionalProperties: false });
}

/** One thing an organiser does to the line of their own event, or an admin to any. */
export const LineControl = Type.Union([
  action('open'),
  Type.Object({ action: Type.Literal('pause'), notice: PauseNotice }, { additionalProperties: false }),
  action('resume'),
  action('drain'),
  Type.Object(
    { action: Type.Literal('capacity'), capacity: Type.Integer({ minimum: 0, maximum: 1_000_000 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { action: Type.Literal('rate'), ratePerSecond: Type.Integer({ minimum: 1, maximum: 100_000 }) },
    { additionalProperties: false },
  ),
]);
export type LineControl = Static<typeof LineControl>;

/** All live numbers of one line. */
export const ControlRoom = Type.Object({
  eventId: Uuid,
  now: Timestamp,
  phase: Type.String(),
  lobbyOpensAt: Timestamp,
  opensAt: Timestamp,
  endsAt: Timestamp,
  capacity: Type.Integer(),
  ratePerSecond: Type.Integer(),
  threshold: Type.Integer(),
  isPaused: Type.Boolean(),
  isDraining: Type.Boolean(),
  notice: Nullable(PauseNotice),
  issued: Type.Integer(),
  serving: Type.Integer(),
  waiting: Type.Integer(),
  active: Type.Integer({ description: 'Slots in use' }),
  called: Type.Integer({ description: 'Called within the claim window, not yet in' }),
  lateClaimers: Type.Integer({ description: 'Back after their claim window, waiting for a slot' }),
  admittedLastMinute: Type.Integer(),
  effectiveRate: Type.Number({ description: 'Admissions per second after what checkout can bear' }),
  checkout: Nullable(
    Type.Object({ p95Ms: Type.Integer(), failureShare: Type.Number(), ageSeconds: Type.Number() }),
  ),
});
export type ControlRoom = Static<typeof ControlRoom>;

/** Change a running line. Repeating an action changes nothing. */
export const controlLine = routeContract({
  name: 'controlLine',
  summary: 'Open, pause, resume, drain, or change capacity and rate',
  method: 'POST',
  path: '/api/v1/queue/:eventId/control',
  service: 'queue-service',
  access: 'organiser',
  limit: 'general',
  params: EventParams,
  body: LineControl,
  success: { status: 200, body: ControlRoom },
  refusals: ['sale-not-found', 'sale-closed'],
});

/** All live numbers of a line, for the event's organiser and admins. */
export const readControlRoom = routeContract({
  name: 'readControlRoom',
  summary: 'Live numbers of a line',
  method: 'GET',
  path: '/api/v1/queue/:eventId/control',
  service: 'queue-service',
  access: 'organiser',
  limit: 'general',
  params: EventParams,
  success: { status: 200, body: ControlRoom },
  refusals: ['sale-not-found'],
});

/** Who changed what, newest first. */
export const readControlAudit = routeContract({
  name: 'readControlAudit',
  summary: 'Changes made to a line',
  method: 'GET',
  path: '/api/v1/queue/:eventId/control/audit',
  service: 'queue-service',
  access: 'organiser',
  limit: 'general',
  params: EventParams,
  query: Type.Object({
    before: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  success: {
    status: 200,
    body: Type.Object({
      entries: Type.Array(
        Type.Object({
          id: Type.Integer(),
          at: Timestamp,
          actor: Type.String(),
          action: Type.String(),
          before: Type.Unknown(),
          after: Type.Unknown(),
        }),
      ),
    }),
  },
  refusals: ['sale-not-found'],
});

/** The line at one instant of the store's clock. */
export const LineSample = Type.Object({
  at: Timestamp,
  issued: Type.Integer(),
  serving: Type.Integer(),
  active: Type.Integer(),
});
export type LineSample = Static<typeof LineSample>;

/** How the line moved during the last ten minutes, as far as the answering replica has run; from memory. */
export const readControlHistory = routeContract({
  name: 'readControlHistory',
  summary: 'The last ten minutes of a line',
  method: 'GET',
  path: '/api/v1/queue/:eventId/control/history',
  service: 'queue-service',
  access: 'organiser',
  limit: 'general',
  params: EventParams,
  success: {
    status: 200,
    body: Type.Object({ samples: Type.Array(LineSample, { description: 'Oldest first, 5 s apart' }) }),
  },
  refusals: ['sale-not-found'],
});

/** Routes of the control room. */
export const queueControlRoutes = [
  controlLine,
  readControlRoom,
  readControlAudit,
  readControlHistory,
] as const;
