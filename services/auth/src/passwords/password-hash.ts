import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** Cost of one argon2id hash. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
export const defaultHashCost: HashCost = { memoryKib: 19_456, passes: 2 };

interface ParsedHash extends HashCost {
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const saltBytes = 16;
const tagBytes = 32;
const phcForm =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{16,86})$/;

/** Hashes with argon2id (RFC 9106) and writes the PHC string. */
export async function hashPassword(password: string, cost: HashCost): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await derive(password, { ...cost, parallelism: 1, salt, tag: Buffer.alloc(tagBytes) });
  return `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;
}

/** True when the password made this PHC string; compares in constant time. */
export async function matchesHash(password: string, phc: string): Promise<boolean> {
  const parsed = parseHash(phc);
  if (parsed === undefined) return false;
  return timingSafeEqual(await derive(password, parsed), parsed.tag);
}

/** True when the string was made at another cost than the one in force. */
export function isOutdated(phc: string, cost: HashCost): boolean {
  const parsed = parseHash(phc);
  return parsed === undefined || parsed.memoryKib !== cost.memoryKib || parsed.passes !== cost.passes;
}

function parseHash(phc: string): ParsedHash | undefined {
  const [, memory, passes, parallelism, salt, tag] = phcForm.exec(phc) ?? [];
  if (salt === undefined || tag === undefined) return undefined;
  return {
    memoryKib: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function derive(password: string, hash: ParsedHash): Promise<Buffer> {
  const parameters = {
    // The same password typed on two keyboards may be composed differently (NIST SP 800-63B, 5.1.1.2).
    message: password.normalize('NFKC'),
    nonce: hash.salt,
    parallelism: hash.parallelism,
    tagLength: hash.tag.length,
    memory: hash.memoryKib,
    passes: hash.passes,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
