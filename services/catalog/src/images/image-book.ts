import type { Logger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { ImageBook } from '../deps.ts';
import { checkImage } from './check-image.ts';
import { newImageKey } from './image-key.ts';
import type { ImageStore } from './image-store.ts';
import { discardImage, findImage, keepImage, noteArrival } from './store.ts';

/** Pictures, as events use them. */
export function createImageBook(store: ImageStore, logger: Logger): ImageBook {
  return {
    check: (declaredType, content) => {
      const verdict = checkImage(declaredType, content);
      switch (verdict.kind) {
        case 'unreadable':
          throw new Problem('image-unreadable', { data: { declared: declaredType, found: verdict.found } });
        case 'dimensions':
          throw new Problem('image-dimensions', { data: { width: verdict.width, height: verdict.height } });
        case 'picture': {
          const { type, width, height } = verdict.header;
          return { key: newImageKey(type), byteCount: content.length, width, height };
        }
      }
    },
    put: async (key, content) => {
      try {
        await store.put(key, content);
      } catch (error) {
        logger.warn({ err: error, key }, 'a picture could not be stored');
        throw new Problem('upstream-unavailable', { retryAfter: 5, cause: error });
      }
    },
    find: findImage,
    noteArrival,
    keep: keepImage,
    discard: discardImage,
  };
}
