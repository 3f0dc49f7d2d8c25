import type { Readable } from 'node:stream';
import { getImage } from '@urr/contracts/catalog-images.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { Logger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type RouteInput, type ServeDeps, serve } from '@urr/platform/serve.ts';
import { imageTypeOf } from './image-key.ts';
import type { ImageStore } from './image-store.ts';

/** Pictures handed out at once; a reader who takes their time holds one of them. */
const mostOpen = 64;
/** Longest time one picture may take to hand out. Milliseconds. */
const handOutMs = 30_000;

export function serveImages(
  server: ServeDeps,
  { store, logger }: { readonly store: ImageStore; readonly logger: Logger },
): void {
  let open = 0;
  const read = async (key: string) => {
    if (open >= mostOpen) throw new Problem('overloaded', { retryAfter: 1 });
    open += 1;
    try {
      const image = await store.open(key);
      if (image === undefined) throw new Problem('image-not-found');
      image.content.once('close', () => (open -= 1));
      endInTime(image.content);
      return image;
    } catch (error) {
      open -= 1;
      if (error instanceof Problem) throw error;
      logger.warn({ err: error, key }, 'a picture could not be read');
      throw new Problem('upstream-unavailable', { retryAfter: 2, cause: error });
    }
  };
  serve<RouteContract>(server, getImage, async (input) => {
    const { params, request, reply } = input as RouteInput<typeof getImage>;
    const etag = `"${params.key}"`;
    const isKnown = request.headers['if-none-match'] === etag;
    const image = isKnown ? undefined : await read(params.key);
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('etag', etag);
    if (image === undefined) return reply.code(304).send();
    reply
      .type(imageTypeOf(params.key))
      .header('content-length', image.byteCount)
      .header('content-security-policy', "default-src 'none'; sandbox");
    return image.content;
  });
}

function endInTime(content: Readable): void {
  const deadline = setTimeout(() => content.destroy(new Error('handed out too slowly')), handOutMs);
  content.once('close', () => clearTimeout(deadline));
}
