import type { LineStore, Sale } from '../line/line-store.ts';
import { chunkSize, leafHash, merkleRoot } from './merkle.ts';
import { drawKey, drawOrder } from './permutation.ts';

/** Chunks read from the store at once. */
const chunksPerRead = 8;

/**
 * Draws the order of a frozen lobby. Any replica may; all compute the same, and the store takes one. Memory holds the
 * roots of the chunks and the indexes of leavers, never the roster.
 */
export async function performDraw(
  store: Pick<LineStore, 'readRoster' | 'recordDraw'>,
  sale: Pick<Sale, 'eventId' | 'secret' | 'leafKey'> & { readonly lobbySize: number },
): Promise<boolean> {
  const chunkRoots: Buffer[] = [];
  const leavers: number[] = [];
  const step = chunkSize * chunksPerRead;
  for (let from = 0; from < sale.lobbySize; from += step) {
    const accounts = await store.readRoster(sale.eventId, from, Math.min(step, sale.lobbySize - from));
    accounts.forEach((account, offset) => void (account === null && leavers.push(from + offset)));
    for (let offset = 0; offset < accounts.length; offset += chunkSize) {
      chunkRoots.push(chunkRoot(accounts.slice(offset, offset + chunkSize), from + offset, sale.leafKey));
      // Requests go on being answered between two chunks.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const rosterRoot = merkleRoot(chunkRoots);
  const order = drawOrder(drawKey(sale.secret, rosterRoot), sale.lobbySize);
  return store.recordDraw(sale.eventId, {
    rosterRoot,
    chunkRoots: Buffer.concat(chunkRoots),
    holes: leavers.map((index) => order(index) + 1),
  });
}

/** Root of the subtree over one chunk of the roster. */
function chunkRoot(accounts: readonly (string | null)[], fromIndex: number, leafKey: Buffer): Buffer {
  return merkleRoot(accounts.map((account, offset) => leafHash(fromIndex + offset, account, leafKey)));
}
