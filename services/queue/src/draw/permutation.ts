import { createHmac } from 'node:crypto';

/** Order of a drawn lobby: index in order of arrival → place in order of service, both from 0. */
export type DrawOrder = (index: number) => number;

const rounds = 12;

/** Key of the permutation: nobody knows it before both the secret and the roster are fixed. */
export function drawKey(secret: Uint8Array, rosterRoot: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(rosterRoot).digest();
}

/**
 * A keyed permutation of 0…size−1: a balanced Feistel network over the smallest even number of bits that holds size,
 * walked until it lands inside (Black and Rogaway, Ciphers with Arbitrary Finite Domains, 2002).
 */
export function drawOrder(key: Uint8Array, size: number): DrawOrder {
  const halfBits = halfBitsOf(size);
  const halfMask = 2 ** halfBits - 1;
  const roundValues = tabulate(key, 2 ** halfBits);
  const scramble = (value: number): number => {
    let left = value >>> halfBits;
    let right = value & halfMask;
    for (const values of roundValues) {
      [left, right] = [right, (left ^ (values[right] ?? 0)) & halfMask];
    }
    return ((left << halfBits) | right) >>> 0;
  };
  return (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= size)
      throw new RangeError(`no member ${index} in a lobby of ${size}`);
    let place = scramble(index);
    while (place >= size) place = scramble(place);
    return place;
  };
}

/** Half the bits of the network: at least one, so that even a lobby of one has a network. */
function halfBitsOf(size: number): number {
  let halfBits = 1;
  while (4 ** halfBits < size) halfBits += 1;
  return halfBits;
}

// A round sees only half the bits, so all its answers fit in a small table: reading a place costs no hashing.
function tabulate(key: Uint8Array, halfSize: number): Uint32Array[] {
  const input = Buffer.alloc(5);
  return Array.from({ length: rounds }, (_, round) => {
    input.writeUInt8(round, 0);
    return Uint32Array.from({ length: halfSize }, (__, half) => {
      input.writeUInt32BE(half, 1);
      return createHmac('sha256', key).update(input).digest().readUInt32BE(0);
    });
  });
}
