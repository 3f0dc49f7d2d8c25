import { readLineState, readOwnPlace } from '@urr/contracts/queue.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { findSale } from '../line/find-sale.ts';
import type { ReadPlace } from './read-place.ts';
import { hotStateDocument, stateDocument } from './state-document.ts';

export function serveState(deps: Pick<Deps, 'serve' | 'store' | 'live'>, readPlace: ReadPlace): void {
  // Polls are answered from the hot documents; here arrive only unusual spellings and sales out of memory.
  serve(deps.serve, readLineState, async ({ params, reply }) => {
    const document = stateDocument(await findSale(deps, params.eventId.toLowerCase()));
    const { etag, maxAgeSeconds } = hotStateDocument(document);
    reply.header('etag', etag).header('cache-control', `public, max-age=${maxAgeSeconds}`);
    return document;
  });
  serve(deps.serve, readOwnPlace, ({ params, account, reply }) => {
    reply.header('cache-control', 'no-store');
    return readPlace(params.eventId.toLowerCase(), account.accountId);
  });
}
