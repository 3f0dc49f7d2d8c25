import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DrawDocument, InclusionProof } from '@urr/contracts/queue-draw.ts';

// Written from the description of the algorithm alone and sharing no code with queue-service: a second opinion.

/** A draw that has been held. */
export interface HeldDraw {
  readonly secret: Buffer;
  readonly secretHash: Buffer;
  readonly rosterRoot: Buffer;
  readonly size: number;
}

/** Outcome of checking a draw document. */
export type DrawCheck =
  | { readonly kind: 'held'; readonly draw: HeldDraw }
  | { readonly kind: 'not-yet'; readonly secretHash: string }
  | { readonly kind: 'broken'; readonly reason: string };

const rounds = 12;

/** Checks that the revealed secret is the one committed to. `commitment` is the hash noted down before opening, hex. */
export function checkDraw(document: DrawDocument, commitment?: string): DrawCheck {
  const { secret, rosterRoot, size, secretHash } = document;
  if (commitment !== undefined && commitment.toLowerCase() !== secretHash)
    return { kind: 'broken', reason: `the commitment was ${commitment}, now it is ${secretHash}` };
  if (secret === null || rosterRoot === null || size === null) return { kind: 'not-yet', secretHash };
  const hashed = sha256(Buffer.from(secret, 'hex'));
  if (hashed.toString('hex') !== secretHash)
    return { kind: 'broken', reason: `the secret hashes to ${hashed.toString('hex')}, not to ${secretHash}` };
  return {
    kind: 'held',
    draw: {
      secret: Buffer.from(secret, 'hex'),
      secretHash: Buffer.from(secretHash, 'hex'),
      rosterRoot: Buffer.from(rosterRoot, 'hex'),
      size,
    },
  };
}

/** Number in line, from 1, of the member with this index in the lobby, from 0. */
export function numberOf(draw: HeldDraw, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= draw.size)
    throw new RangeError(
      draw.size === 0 ? 'Nobody was in the lobby.' : `The lobby has the indexes 0 to ${draw.size - 1}.`,
    );
  const key = createHmac('sha256', draw.secret).update(draw.rosterRoot).digest();
  let half = 1;
  while (2 ** (2 * half) < draw.size) half += 1;
  let value = feistel(key, half, index);
  while (value >= draw.size) value = feistel(key, half, value);
  return value + 1;
}

/** True when the proof leads from the account's leaf to the root of the draw. */
export function isInRoster(draw: HeldDraw, proof: InclusionProof): boolean {
  const account = Buffer.from(proof.accountId.replaceAll('-', ''), 'hex');
  let node = sha256(Buffer.from([0]), uint32(proof.index), Buffer.from(proof.salt, 'hex'), account);
  const siblings = proof.path.map((sibling) => Buffer.from(sibling, 'hex'));
  let [at, last] = [proof.index, draw.size - 1];
  // RFC 6962: a node that is last and alone on its level goes up unchanged.
  while (last > 0) {
    if (at % 2 === 1 || at !== last) {
      const sibling = siblings.shift();
      if (sibling === undefined) return false;
      node = at % 2 === 1 ? sha256(Buffer.from([1]), sibling, node) : sha256(Buffer.from([1]), node, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return siblings.length === 0 && timingSafeEqual(node, draw.rosterRoot);
}

function feistel(key: Buffer, half: number, value: number): number {
  const modulus = 2 ** half;
  let [left, right] = [Math.floor(value / modulus), value % modulus];
  for (let round = 0; round < rounds; round += 1) {
    const word = createHmac('sha256', key)
      .update(Buffer.from([round]))
      .update(uint32(right))
      .digest()
      .readUInt32BE(0);
    [left, right] = [right, left ^ (word % modulus)];
  }
  return left * modulus + right;
}

function sha256(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
