import { type Static, Type } from 'typebox';
import { EventParams, Nullable, Timestamp } from './primitives.ts';
import { DrawDocument, InclusionProof } from './queue-draw.ts';
import { queueControlRoutes } from './queue-control.ts';
import { routeContract } from './route-contract.ts';

/** Where a sale stands, by the store's clock. */
export const LinePhase = Type.Union([
  Type.Literal('scheduled', { description: 'The lobby is not open yet' }),
  Type.Literal('lobby', { description: 'People gather; the order is drawn at opening' }),
  Type.Literal('drawing', { description: 'The order is being drawn; takes seconds at most' }),
  Type.Literal('open'),
  Type.Literal('draining', { description: 'Nobody new; those in line are served' }),
  Type.Literal('paused'),
  Type.Literal('soldout', { description: 'Nothing left now; places are kept in case seats come back' }),
  Type.Literal('ended'),
  Type.Literal('cancelled'),
]);
export type LinePhase = Static<typeof LinePhase>;

/** Seconds a wait will likely take, from–to. */
const WaitBand = Type.Object({ from: Type.Integer(), to: Type.Integer() });

/** The state document everybody polls: at most 400 bytes. */
export const StateDocument = Type.Object({
  phase: LinePhase,
  times: Type.Array(Type.Integer(), {
    minItems: 3,
    maxItems: 3,
    description: 'Lobby opens, sale opens, sale ends: seconds since the epoch',
  }),
  issued: Type.Integer({ description: 'Places issued' }),
  serving: Type.Integer({ description: 'Serving: every number up to this one has been called' }),
  rate: Type.Number({
    description: 'People called per second, lately; your wait is (number − serving) ÷ rate',
  }),
  wait: Type.Array(Type.Integer(), {
    minItems: 2,
    maxItems: 2,
    description: 'Wait of the last in line, seconds, from–to',
  }),
  poll: Type.Array(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }), {
    description:
      'When to poll again: [distance, seconds]; the first row whose distance is not below yours, else the last',
  }),
  draw: Type.String({ description: 'First 128 bits of the draw commitment, base64url; the whole at …/draw' }),
  stock: Type.Optional(
    Type.Record(Type.String(), Type.Integer(), {
      description: 'Places left by grade; left out when 400 bytes do not hold it',
    }),
  ),
  notice: Type.Optional(
    Type.Object({ ko: Type.String(), en: Type.String() }, { description: 'Notice of the pause' }),
  ),
});
export type StateDocument = Static<typeof StateDocument>;

/** What a fan is to the line. */
export const PlaceState = Type.Union([
  Type.Literal('lobby'),
  Type.Literal('waiting'),
  Type.Literal('called', { description: 'May enter now' }),
  Type.Literal('admitted', { description: 'Has a slot; enter answers its token again' }),
  Type.Literal('done', {
    description: 'The slot ended or its purchase is complete; joining again gives a new place',
  }),
  Type.Literal('left'),
  Type.Literal('none'),
]);
export type PlaceState = Static<typeof PlaceState>;

/** A fan's own place. */
export const Place = Type.Object({
  state: PlaceState,
  receipt: Nullable(
    Type.String({
      description: 'Signed proof of the place; send it to join if the line ever loses the place',
    }),
  ),
  number: Nullable(Type.Integer({ description: 'Number in line, from 1; null before the draw' })),
  lobbyIndex: Nullable(
    Type.Integer({ description: 'Index in the draw, from 0; null for who came after opening' }),
  ),
  ahead: Nullable(Type.Integer({ description: 'People ahead at most; null before the draw' })),
  wait: Nullable(WaitBand),
  slotEndsAt: Nullable(Timestamp),
  pollAfter: Type.Integer({ description: 'Seconds until it is worth looking at the state again' }),
});
export type Place = Static<typeof Place>;

/** Join the line. Idempotent; the only thing a client may bring is an earlier receipt. */
export const joinLine = routeContract({
  name: 'joinLine',
  summary: 'Join the line of a sale',
  method: 'POST',
  path: '/api/v1/queue/:eventId/join',
  service: 'queue-service',
  access: 'account',
  limit: 'queue',
  params: EventParams,
  body: Nullable(
    Type.Object({ receipt: Type.Optional(Type.String({ maxLength: 400 })) }, { additionalProperties: false }),
  ),
  success: { status: 200, body: Place },
  refusals: ['sale-not-found', 'lobby-not-open', 'line-closed', 'sale-closed', 'receipt-not-valid'],
});

/** The same document for everybody; from memory, cacheable for a second. */
export const readLineState = routeContract({
  name: 'readLineState',
  summary: 'State of a line',
  method: 'GET',
  path: '/api/v1/queue/:eventId/state',
  service: 'queue-service',
  access: 'public',
  limit: 'queue',
  params: EventParams,
  success: { status: 200, body: StateDocument },
  refusals: ['sale-not-found'],
});

/** The caller's own place. */
export const readOwnPlace = routeContract({
  name: 'readOwnPlace',
  summary: 'Own place in a line',
  method: 'GET',
  path: '/api/v1/queue/:eventId/me',
  service: 'queue-service',
  access: 'account',
  limit: 'queue',
  params: EventParams,
  success: { status: 200, body: Place },
  refusals: ['sale-not-found'],
});

/** Take the slot one was called to. The same slot and token on every device; also set as cookie `urr-entry-token`. */
export const enterSale = routeContract({
  name: 'enterSale',
  summary: 'Enter the sale',
  method: 'POST',
  path: '/api/v1/queue/:eventId/enter',
  service: 'queue-service',
  access: 'account',
  limit: 'queue',
  params: EventParams,
  success: {
    status: 200,
    body: Type.Object({ entryToken: Type.String(), slotEndsAt: Timestamp }),
  },
  refusals: [
    'sale-not-found',
    'place-not-found',
    'place-used',
    'not-your-turn',
    'line-paused',
    'nothing-left',
    'draw-running',
    'sale-closed',
  ],
});

/** Give the slot or the place back. Leaving twice changes nothing. */
export const leaveLine = routeContract({
  name: 'leaveLine',
  summary: 'Leave the line',
  method: 'POST',
  path: '/api/v1/queue/:eventId/leave',
  service: 'queue-service',
  access: 'account',
  limit: 'queue',
  params: EventParams,
  success: { status: 200, body: Type.Object({ state: PlaceState }) },
  refusals: ['sale-not-found', 'place-not-found', 'draw-running'],
});

/** Everything anybody needs to recompute the order of the lobby. */
export const readDraw = routeContract({
  name: 'readDraw',
  summary: 'Commitment, and after opening the proof, of the draw',
  method: 'GET',
  path: '/api/v1/queue/:eventId/draw',
  service: 'queue-service',
  access: 'public',
  limit: 'queue',
  params: EventParams,
  success: { status: 200, body: DrawDocument },
  refusals: ['sale-not-found'],
});

/** Proof that the caller stood in the roster the draw was held over. */
export const readInclusionProof = routeContract({
  name: 'readInclusionProof',
  summary: "Proof of the caller's own leaf in the roster",
  method: 'GET',
  path: '/api/v1/queue/:eventId/draw/proof',
  service: 'queue-service',
  access: 'account',
  limit: 'queue',
  params: EventParams,
  success: { status: 200, body: InclusionProof },
  refusals: ['sale-not-found', 'draw-not-held', 'not-in-draw'],
});

/** Every route of queue-service. */
export const queueRoutes = [
  joinLine,
  readLineState,
  readOwnPlace,
  enterSale,
  leaveLine,
  readDraw,
  readInclusionProof,
  ...queueControlRoutes,
] as const;
