import { Type } from 'typebox';
import { imageRoutes } from './catalog-images.ts';
import { readSales } from './catalog-internal.ts';
import {
  ArtistView,
  Cursor,
  EventChange,
  EventDetail,
  EventInput,
  EventSummary,
  HallImport,
  HallImportReport,
  HallView,
  SearchText,
  Slug,
} from './catalog-shapes.ts';
import { EventParams, Nullable, Timestamp, Uuid } from './primitives.ts';
import { routeContract } from './route-contract.ts';

const catalog = { service: 'catalog-service', limit: 'general' } as const;
const paging = {
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '20 when absent' })),
};
const nextCursor = Nullable(Type.String());
const Instant = Type.String({
  minLength: 10,
  maxLength: 40,
  description: 'ISO 8601 with offset, or a date in Seoul',
});

/** Events, searched and filtered. Drafts appear to their organiser alone, with `mine`. */
export const listEvents = routeContract({
  ...catalog,
  name: 'listEvents',
  summary: 'Search events',
  method: 'GET',
  path: '/api/v1/events',
  access: 'public',
  query: Type.Object(
    {
      q: Type.Optional(SearchText),
      state: Type.Optional(
        Type.String({
          pattern:
            '^(draft|upcoming|on_sale|sold_out|ended|cancelled)(,(draft|upcoming|on_sale|sold_out|ended|cancelled)){0,5}$',
          description: 'States joined by commas; upcoming,on_sale,sold_out when absent',
        }),
      ),
      artist: Type.Optional(Slug),
      city: Type.Optional(SearchText),
      from: Type.Optional(Instant),
      to: Type.Optional(Instant),
      sort: Type.Optional(
        Type.Union(
          [
            Type.Literal('startsAt'),
            Type.Literal('-startsAt'),
            Type.Literal('opensAt'),
            Type.Literal('price'),
            Type.Literal('-price'),
            Type.Literal('newest'),
          ],
          { description: 'startsAt when absent' },
        ),
      ),
      mine: Type.Optional(
        Type.Boolean({ description: "The caller's own events in every state; admins: all" }),
      ),
      ...paging,
    },
    { additionalProperties: false },
  ),
  success: {
    status: 200,
    body: Type.Object({ now: Timestamp, events: Type.Array(EventSummary), nextCursor }),
  },
  refusals: [],
});

/** One event by id or slug. */
export const getEvent = routeContract({
  ...catalog,
  name: 'getEvent',
  summary: 'One event',
  method: 'GET',
  path: '/api/v1/events/:eventId',
  access: 'public',
  params: Type.Object({ eventId: Slug }),
  success: { status: 200, body: EventDetail },
  refusals: ['event-not-found'],
});

/** Artists by name. */
export const listArtists = routeContract({
  ...catalog,
  name: 'listArtists',
  summary: 'Artists',
  method: 'GET',
  path: '/api/v1/artists',
  access: 'public',
  query: Type.Object({ q: Type.Optional(SearchText), ...paging }, { additionalProperties: false }),
  success: { status: 200, body: Type.Object({ artists: Type.Array(ArtistView), nextCursor }) },
  refusals: [],
});

/** One artist; the events are `listEvents` with `artist`. */
export const getArtist = routeContract({
  ...catalog,
  name: 'getArtist',
  summary: 'One artist',
  method: 'GET',
  path: '/api/v1/artists/:slug',
  access: 'public',
  params: Type.Object({ slug: Slug }),
  success: { status: 200, body: ArtistView },
  refusals: ['artist-not-found'],
});

/** One hall with the counts of its newest layout. */
export const getHall = routeContract({
  ...catalog,
  name: 'getHall',
  summary: 'One hall',
  method: 'GET',
  path: '/api/v1/halls/:hallId',
  access: 'public',
  params: Type.Object({ hallId: Uuid }),
  success: { status: 200, body: HallView },
  refusals: ['hall-not-found'],
});

/** Halls an organiser may put an event into. */
export const listHalls = routeContract({
  ...catalog,
  name: 'listHalls',
  summary: 'Halls',
  method: 'GET',
  path: '/api/v1/halls',
  access: 'organiser',
  query: Type.Object(paging, { additionalProperties: false }),
  success: { status: 200, body: Type.Object({ halls: Type.Array(HallView), nextCursor }) },
  refusals: [],
});

/** Takes a hall's CSV as a new layout version, or refuses it whole with its lines. */
export const importHall = routeContract({
  ...catalog,
  name: 'importHall',
  summary: 'Import a hall from CSV',
  method: 'POST',
  path: '/api/v1/halls/import',
  access: 'organiser',
  query: Type.Object({ dryRun: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  body: HallImport,
  bodyLimit: 8 * 1024 * 1024,
  idempotent: true,
  success: { status: 200, body: HallImportReport },
  refusals: ['hall-file-refused'],
});

/** Creates a draft. */
export const createEvent = routeContract({
  ...catalog,
  name: 'createEvent',
  summary: 'Create a draft event',
  method: 'POST',
  path: '/api/v1/events',
  access: 'organiser',
  body: EventInput,
  idempotent: true,
  success: { status: 201, body: EventDetail },
  refusals: ['slug-taken', 'event-not-valid'],
});

/** Creates the event a file describes, or brings the one with its slug in line with it. */
export const importEvent = routeContract({
  ...catalog,
  name: 'importEvent',
  summary: 'Import an event file',
  method: 'POST',
  path: '/api/v1/events/import',
  access: 'organiser',
  body: EventInput,
  idempotent: true,
  success: { status: 200, body: EventDetail },
  refusals: [
    'event-not-found',
    'event-not-valid',
    'event-cancelled',
    'sale-already-open',
    'published-places-fixed',
  ],
});

/** Changes a draft freely, a published event where its buyers are not wronged. */
export const changeEvent = routeContract({
  ...catalog,
  name: 'changeEvent',
  summary: 'Change an event, its prices or its sale',
  method: 'PATCH',
  path: '/api/v1/events/:eventId',
  access: 'organiser',
  params: EventParams,
  body: EventChange,
  success: { status: 200, body: EventDetail },
  refusals: [
    'event-not-found',
    'event-not-valid',
    'event-cancelled',
    'sale-already-open',
    'published-places-fixed',
  ],
});

/** Publishes a draft and gives its places to ticket-service. Publishing twice changes nothing. */
export const publishEvent = routeContract({
  ...catalog,
  name: 'publishEvent',
  summary: 'Publish an event',
  method: 'POST',
  path: '/api/v1/events/:eventId/publish',
  access: 'organiser',
  params: EventParams,
  success: { status: 200, body: EventDetail },
  refusals: ['event-not-found', 'event-not-publishable', 'event-cancelled'],
});

/** Cancels an event for good. Cancelling twice changes nothing. */
export const cancelEvent = routeContract({
  ...catalog,
  name: 'cancelEvent',
  summary: 'Cancel an event',
  method: 'POST',
  path: '/api/v1/events/:eventId/cancel',
  access: 'organiser',
  params: EventParams,
  success: { status: 200, body: EventDetail },
  refusals: ['event-not-found'],
});

/** Every route of catalog-service. */
export const catalogRoutes = [
  listEvents,
  getEvent,
  listArtists,
  getArtist,
  getHall,
  listHalls,
  importHall,
  createEvent,
  importEvent,
  changeEvent,
  publishEvent,
  cancelEvent,
  ...imageRoutes,
  readSales,
] as const;
