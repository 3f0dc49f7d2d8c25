import type { InclusionProof } from '@urr/contracts/queue-draw.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findSale } from '../line/find-sale.ts';
import { chunkSize, leafHash, leafSalt, merklePath } from './merkle.ts';

/** Proof that an account's leaf stands in the roster; reads one chunk of it. */
export async function proveInclusion(
  deps: Pick<Deps, 'store' | 'live'>,
  eventId: string,
  accountId: string,
): Promise<InclusionProof> {
  const { sale, order } = await findSale(deps, eventId);
  const { lobbySize, rosterRoot, leafKey } = sale;
  const chunkRoots = rosterRoot === null ? undefined : await deps.store.readChunkRoots(eventId);
  if (lobbySize === null || rosterRoot === null || order === undefined || chunkRoots === undefined)
    throw new Problem('draw-not-held', { retryAfter: 1 });
  const [place] = await deps.store.findPlaces(eventId, [accountId]);
  const index = (place?.arrival ?? Infinity) - 1;
  if (index >= lobbySize) throw new Problem('not-in-draw');
  const chunk = Math.floor(index / chunkSize);
  const from = chunk * chunkSize;
  const accounts = await deps.store.readRoster(eventId, from, Math.min(chunkSize, lobbySize - from));
  const leaves = accounts.map((account, offset) => leafHash(from + offset, account, leafKey));
  const path = [...merklePath(leaves, index - from), ...merklePath(rootsOf(chunkRoots), chunk)];
  return {
    eventId,
    accountId,
    index,
    number: order(index) + 1,
    size: lobbySize,
    salt: leafSalt(leafKey, accountId).toString('hex'),
    path: path.map((sibling) => sibling.toString('hex')),
    rosterRoot: rosterRoot.toString('hex'),
  };
}

function rootsOf(chunkRoots: Buffer): Buffer[] {
  return Array.from({ length: chunkRoots.length / 32 }, (_, at) => chunkRoots.subarray(at * 32, at * 32 + 32));
}
