import { createHashTurns } from './hash-turns.ts';
import { type HashCost, hashPassword, isOutdated, matchesHash } from './password-hash.ts';

/** Hashes passwords, a few at a time: each takes memory and a thread that files and name look-ups need too. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes as long for an account without password (`undefined`) as for a wrong one. */
  matches(password: string, phc: string | undefined): Promise<boolean>;
  /** True when the next sign-in should store a new hash. */
  isOutdated(phc: string): boolean;
}

/** What the hasher may use. */
export interface HasherOptions extends HashCost {
  readonly concurrency: number;
  /** Most that may wait; one more is refused with `overloaded`. */
  readonly queueSize: number;
}

// Well below the time after which the gateway gives a call up. Milliseconds.
const longestWaitMs = 4_000;

/** Creates a hasher with a bounded queue. */
export async function createPasswordHasher(options: HasherOptions): Promise<PasswordHasher> {
  const inTurn = createHashTurns({ ...options, longestWaitMs });
  const decoy = await hashPassword('nobody has this password', options);
  return {
    hash: (password) => inTurn(() => hashPassword(password, options)),
    matches: async (password, phc) => {
      const isMatch = await inTurn(() => matchesHash(password, phc ?? decoy));
      return isMatch && phc !== undefined;
    },
    isOutdated: (phc) => isOutdated(phc, options),
  };
}
