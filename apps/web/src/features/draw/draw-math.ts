import type { DrawDocument, InclusionProof } from '@urr/contracts/queue-draw.ts';

// Written from the description of urr-draw-1 alone, as tools/verify-draw is: a check must not share code with what it checks.

/** A draw that has been held, hex. */
export interface HeldDraw {
  readonly secret: string;
  readonly secretHash: string;
  readonly rosterRoot: string;
  readonly size: number;
}

/** One step up the tree of the roster: what was beside, and what both together give. Hex. */
interface ProofStep {
  readonly side: 'left' | 'right';
  readonly sibling: string;
  readonly result: string;
}

/** A proof, computed step by step. */
export interface CheckedProof {
  readonly leaf: string;
  readonly steps: readonly ProofStep[];
  readonly isInRoster: boolean;
  readonly isNumberRight: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

const rounds = 12;

/** The draw of a document; `undefined` before it is held. */
export function heldDraw({ secret, secretHash, rosterRoot, size }: DrawDocument): HeldDraw | undefined {
  if (secret === null || rosterRoot === null || size === null) return undefined;
  return { secret, secretHash, rosterRoot, size };
}

/** Whether this browser computes hashes here: it does so on secure connections alone. */
export function canCompute(): boolean {
  return 'crypto' in globalThis && 'subtle' in globalThis.crypto;
}

/** Whether the secret is the one whose hash was published before. */
export async function isSecretKept(draw: HeldDraw): Promise<boolean> {
  return hexOf(await sha256(bytesOf(draw.secret))) === draw.secretHash;
}

/** Number in line, from 1, of the member with this index in the lobby, from 0. */
export async function numberOf(draw: HeldDraw, index: number): Promise<number> {
  if (!Number.isInteger(index) || index < 0 || index >= draw.size)
    throw new RangeError(`no member ${index} in a lobby of ${draw.size}`);
  const key = await hmac(await hmacKey(bytesOf(draw.secret)), bytesOf(draw.rosterRoot));
  const permute = await feistel(key, draw.size);
  let value = await permute(index);
  while (value >= draw.size) value = await permute(value);
  return value + 1;
}

/** Follows a proof from the account's leaf to the root, and computes its number again. */
export async function checkProof(draw: HeldDraw, proof: InclusionProof): Promise<CheckedProof> {
  const account = bytesOf(proof.accountId.replaceAll('-', ''));
  let node = await sha256(Uint8Array.of(0), uint32(proof.index), bytesOf(proof.salt), account);
  const leaf = hexOf(node);
  const steps: ProofStep[] = [];
  for (const side of sidesOf(proof.index, draw.size)) {
    const sibling = proof.path[steps.length];
    if (sibling === undefined) break;
    const beside = bytesOf(sibling);
    const [left, right] = side === 'left' ? [beside, node] : [node, beside];
    node = await sha256(Uint8Array.of(1), left, right);
    steps.push({ side, sibling, result: hexOf(node) });
  }
  const isWhole =
    steps.length === proof.path.length && steps.length === sidesOf(proof.index, draw.size).length;
  return {
    leaf,
    steps,
    isInRoster: isWhole && hexOf(node) === draw.rosterRoot,
    isNumberRight: proof.index < draw.size && (await numberOf(draw, proof.index)) === proof.number,
  };
}

// RFC 6962: a node that is last and alone on its level goes up unchanged.
function sidesOf(index: number, size: number): ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  let [at, last] = [index, size - 1];
  while (last > 0) {
    if (at % 2 === 1) sides.push('left');
    else if (at !== last) sides.push('right');
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return sides;
}

async function feistel(keyBytes: Bytes, size: number): Promise<(value: number) => Promise<number>> {
  let halfBits = 1;
  while (4 ** halfBits < size) halfBits += 1;
  const modulus = 2 ** halfBits;
  const key = await hmacKey(keyBytes);
  return async (value) => {
    let [left, right] = [Math.floor(value / modulus), value % modulus];
    for (let round = 0; round < rounds; round += 1) {
      const mixed = await hmac(key, Uint8Array.of(round), uint32(right));
      const word = new DataView(mixed.buffer).getUint32(0);
      [left, right] = [right, left ^ (word % modulus)];
    }
    return left * modulus + right;
  };
}

function hmacKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

async function hmac(key: CryptoKey, ...parts: readonly Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, joined(parts)));
}

async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(parts)));
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function bytesOf(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
