import type { InclusionProof } from '@urr/contracts/queue-draw.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { findSale } from '../line/find-sale.ts';
import { chunkSize, type Digest, leafSalt, leavesOf, merklePath } from './merkle.ts';

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
  const index = await rosterIndex(deps, eventId, accountId);
  if (index >= lobbySize) throw new Problem('not-in-draw');
  const chunk = Math.floor(index / chunkSize);
  const from = chunk * chunkSize;
  const accounts = await deps.store.readRoster(eventId, from, Math.min(chunkSize, lobbySize - from));
  const inChunk = merklePath(leavesOf(accounts, from, leafKey), index - from);
  const salt = leafSalt(leafKey, Buffer.from(accountId.replaceAll('-', ''), 'hex'));
  return {
    eventId,
    accountId,
    index,
    number: order(index) + 1,
    size: lobbySize,
    salt: hexOf(salt),
    path: [...inChunk, ...merklePath(rootsOf(chunkRoots), chunk)].map((sibling) => hexOf(sibling)),
    rosterRoot: rosterRoot.toString('hex'),
  };
}

async function rosterIndex(deps: Pick<Deps, 'store'>, eventId: string, accountId: string): Promise<number> {
  const [place] = await deps.store.findPlaces(eventId, [accountId]);
  return place === undefined ? Infinity : place.arrival - 1;
}

function rootsOf(chunkRoots: Buffer): Digest[] {
  const text = chunkRoots.toString('latin1');
  return Array.from({ length: text.length / 32 }, (_, at) => text.slice(at * 32, (at + 1) * 32));
}

function hexOf(digest: Digest): string {
  return Buffer.from(digest, 'latin1').toString('hex');
}
