import { Type } from 'typebox';
import { EventDetail } from './catalog-shapes.ts';
import { EventParams } from './primitives.ts';
import { routeContract } from './route-contract.ts';

const catalog = { service: 'catalog-service', limit: 'general' } as const;

/** Kinds of pictures that are taken. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

/** What a picture may be: bytes of its file, pixels of a side, pixels in all. */
export const imageLimits = {
  bytes: 2 * 1024 * 1024,
  shortestSide: 200,
  longestSide: 6000,
  pixels: 24_000_000,
} as const;

/** Name of a stored picture: it cannot be guessed, and one name never means another picture. */
export const ImageKey = Type.String({ pattern: '^[0-9a-f]{40}\\.(jpg|png|webp)$', maxLength: 45 });

/** Puts a picture in place of the event's drawn poster, or of the picture it has. The same picture again changes nothing. */
export const putEventImage = routeContract({
  ...catalog,
  name: 'putEventImage',
  summary: 'Upload the picture of an event',
  method: 'PUT',
  path: '/api/v1/events/:eventId/image',
  access: 'organiser',
  params: EventParams,
  rawBody: imageTypes,
  bodyLimit: imageLimits.bytes,
  success: { status: 200, body: EventDetail },
  refusals: [
    'event-not-found',
    'event-cancelled',
    'image-unreadable',
    'image-dimensions',
    'image-changed-too-often',
  ],
});

/** Takes the picture away; the drawn poster is shown again. Without a picture it changes nothing. */
export const removeEventImage = routeContract({
  ...catalog,
  name: 'removeEventImage',
  summary: 'Remove the picture of an event',
  method: 'DELETE',
  path: '/api/v1/events/:eventId/image',
  access: 'organiser',
  params: EventParams,
  success: { status: 200, body: EventDetail },
  refusals: ['event-not-found', 'event-cancelled'],
});

/** A picture, cacheable for a year. */
export const getImage = routeContract({
  ...catalog,
  name: 'getImage',
  summary: 'A picture',
  method: 'GET',
  path: '/api/v1/images/:key',
  access: 'public',
  params: Type.Object({ key: ImageKey }),
  success: { status: 200, contentType: 'image/*' },
  refusals: ['image-not-found'],
});

/** Every route of pictures. */
export const imageRoutes = [putEventImage, removeEventImage, getImage] as const;
