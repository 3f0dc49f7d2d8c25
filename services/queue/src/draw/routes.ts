import { drawAlgorithm, type DrawDocument } from '@urr/contracts/queue-draw.ts';
import { readDraw, readInclusionProof } from '@urr/contracts/queue.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { findSale } from '../line/find-sale.ts';
import type { Sale } from '../line/line-store.ts';
import { proveInclusion } from './prove-inclusion.ts';

export function serveDraw(deps: Pick<Deps, 'serve' | 'store' | 'live'>): void {
  serve(deps.serve, readDraw, async ({ params, reply }) => {
    const { sale } = await findSale(deps, params.eventId.toLowerCase());
    reply.header('cache-control', 'public, max-age=1');
    return drawDocument(sale);
  });
  serve(deps.serve, readInclusionProof, ({ params, account }) =>
    proveInclusion(deps, params.eventId.toLowerCase(), account.accountId),
  );
}

// The secret leaves the store's memory for the public only when the roster can no longer change.
function drawDocument(sale: Sale): DrawDocument {
  const isDrawn = sale.drawnAt !== null;
  return {
    eventId: sale.eventId,
    algorithm: drawAlgorithm,
    secretHash: sale.secretHash.toString('hex'),
    size: sale.lobbySize,
    rosterRoot: sale.rosterRoot?.toString('hex') ?? null,
    secret: isDrawn ? sale.secret.toString('hex') : null,
    drawnAt: sale.drawnAt?.toISOString() ?? null,
  };
}
