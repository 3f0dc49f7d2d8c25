import { Problem } from '@urr/platform/problem.ts';
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

/** Creates a hasher with a bounded queue. */
export async function createPasswordHasher(options: HasherOptions): Promise<PasswordHasher> {
  const inTurn = createTurns(options.concurrency, options.queueSize);
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

type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

function createTurns(concurrency: number, queueSize: number): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < concurrency) running += 1;
    else if (waiting.length >= queueSize) throw new Problem('overloaded', { retryAfter: 1 });
    // The one that finishes hands its turn over, so `running` does not change.
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
