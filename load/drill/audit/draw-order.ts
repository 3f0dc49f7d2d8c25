import { createHash, createHmac } from 'node:crypto';

// Computed here from the published description alone, so that a fault in the service's own code cannot hide itself.
const rounds = 12;

/** What a sale's row tells of its draw. */
export interface DrawFacts {
  readonly secret: Buffer;
  readonly secretHash: Buffer;
  readonly rosterRoot: Buffer;
  readonly lobbySize: number;
}

/** True when the revealed secret is the one whose hash was published. */
export function isSecretCommitted(facts: DrawFacts): boolean {
  return createHash('sha256').update(facts.secret).digest().equals(facts.secretHash);
}

/** Number in line, from 1, of every lobby member by order of arrival, from 0 (`urr-draw-1`). */
export function drawnNumbers(facts: DrawFacts): number[] {
  const key = createHmac('sha256', facts.secret).update(facts.rosterRoot).digest();
  let halfBits = 1;
  while (4 ** halfBits < facts.lobbySize) halfBits += 1;
  const half = 2 ** halfBits;
  const answers = new Map<number, number>();
  const roundFunction = (round: number, value: number) => {
    const known = answers.get(round * half + value);
    if (known !== undefined) return known;
    const input = Buffer.from([round, value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
    const answer = createHmac('sha256', key).update(input).digest().readUInt32BE(0) % half;
    answers.set(round * half + value, answer);
    return answer;
  };
  const encrypt = (value: number) => {
    let [left, right] = [Math.floor(value / half), value % half];
    for (let round = 0; round < rounds; round += 1)
      [left, right] = [right, left ^ roundFunction(round, right)];
    return left * half + right;
  };
  return Array.from({ length: facts.lobbySize }, (_, index) => {
    let place = encrypt(index);
    while (place >= facts.lobbySize) place = encrypt(place);
    return place + 1;
  });
}
