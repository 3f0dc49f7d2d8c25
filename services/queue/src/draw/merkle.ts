import { createHash, hash } from 'node:crypto';

/** Leaves in one chunk; a power of two, so that a chunk is a whole subtree. */
export const chunkSize = 1024;

const salted = Buffer.alloc(32 + 16);
const leafInput = Buffer.alloc(1 + 4 + 32 + 16);
const nodeInput = Buffer.alloc(1 + 32 + 32, 1);

/** Root of no leaves, as in RFC 6962. */
export const emptyRoot = createHash('sha256').digest();

/** An account's own salt: it lets its owner recompute the leaf, and nobody else guess it. */
export function leafSalt(leafKey: Uint8Array, accountId: string): Buffer {
  salted.set(leafKey, 0);
  salted.write(accountId.replaceAll('-', ''), 32, 'hex');
  return hash('sha256', salted, 'buffer');
}

/** SHA-256(00 ‖ index ‖ salt ‖ account), or SHA-256(00 ‖ index) for who left. `leafKey` has 32 bytes. */
export function leafHash(index: number, accountId: string | null, leafKey: Uint8Array): Buffer {
  leafInput.writeUInt32BE(index, 1);
  if (accountId === null) return hash('sha256', leafInput.subarray(0, 5), 'buffer');
  leafInput.set(leafSalt(leafKey, accountId), 5);
  leafInput.write(accountId.replaceAll('-', ''), 37, 'hex');
  return hash('sha256', leafInput, 'buffer');
}

/** SHA-256(01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return hash('sha256', nodeInput, 'buffer');
}

/** Root of a list of subtree hashes (RFC 6962, 2.1: a lone last node goes up unchanged). */
export function merkleRoot(nodes: readonly Buffer[]): Buffer {
  let level = nodes;
  while (level.length > 1) level = parentsOf(level);
  return level[0] ?? emptyRoot;
}

/** Siblings from one node up to the root; where a node has none, nothing. */
export function merklePath(nodes: readonly Buffer[], index: number): Buffer[] {
  const path: Buffer[] = [];
  let level = nodes;
  for (let at = index; level.length > 1; at >>= 1) {
    const sibling = level[at ^ 1];
    if (sibling !== undefined) path.push(sibling);
    level = parentsOf(level);
  }
  return path;
}

function parentsOf(level: readonly Buffer[]): Buffer[] {
  const parents: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left !== undefined) parents.push(right === undefined ? left : nodeHash(left, right));
  }
  return parents;
}
