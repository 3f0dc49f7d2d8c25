import type { LineStore, Sale } from '../line/line-store.ts';
import { accountBytes, chunkSize, type Digest, leavesOf, merkleRoot } from './merkle.ts';
import { drawKey, drawOrder } from './permutation.ts';

const membersPerRead = 16 * chunkSize;

/**
 * Draws the order of a frozen lobby. Any replica may; all compute the same, and the store takes one. Memory holds the
 * roots of the chunks and the indexes of leavers, never the roster.
 */
export async function performDraw(
  store: Pick<LineStore, 'readRoster' | 'recordDraw'>,
  sale: Pick<Sale, 'eventId' | 'secret' | 'leafKey'> & { readonly lobbySize: number },
): Promise<boolean> {
  const chunkRoots: Digest[] = [];
  const leavers: number[] = [];
  for (let from = 0; from < sale.lobbySize; from += membersPerRead) {
    const count = Math.min(membersPerRead, sale.lobbySize - from);
    const accounts = await store.readRoster(sale.eventId, from, count);
    leavers.push(...leaversOf(accounts, from));
    for (let offset = 0; offset < count; offset += chunkSize) {
      const chunk = accounts.subarray(offset * accountBytes, (offset + chunkSize) * accountBytes);
      chunkRoots.push(merkleRoot(leavesOf(chunk, from + offset, sale.leafKey)));
      // Requests go on being answered between two chunks.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const rosterRoot = Buffer.from(merkleRoot(chunkRoots), 'latin1');
  const order = drawOrder(drawKey(sale.secret, rosterRoot), sale.lobbySize);
  return store.recordDraw(sale.eventId, {
    lobbySize: sale.lobbySize,
    rosterRoot,
    chunkRoots: Buffer.from(chunkRoots.join(''), 'latin1'),
    holes: leavers.map((index) => order(index) + 1),
  });
}

function leaversOf(accounts: Buffer, fromIndex: number): number[] {
  const leavers: number[] = [];
  for (let at = 0; at < accounts.length; at += accountBytes) {
    const isHole = accounts.readBigUInt64BE(at) === 0n && accounts.readBigUInt64BE(at + 8) === 0n;
    if (isHole) leavers.push(fromIndex + at / accountBytes);
  }
  return leavers;
}
