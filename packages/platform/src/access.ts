import type { AccountRole } from '@urr/contracts/auth.ts';
import type { Access } from '@urr/contracts/route-contract.ts';
import type { Account } from './identity.ts';
import { Problem } from './problem.ts';

// What is internal is opened by the internal token alone, never by an account.
const rolesOf: Readonly<Record<Exclude<Access, 'public'>, readonly AccountRole[]>> = {
  account: ['fan', 'organiser', 'admin'],
  organiser: ['organiser', 'admin'],
  admin: ['admin'],
  internal: [],
};

/** Throws `unauthenticated` or `forbidden` when a route of this access is closed to the caller. Gateway and services ask the same. */
export function requireAccess(access: Access, account: Account | undefined): void {
  if (access === 'public') return;
  if (account === undefined) throw new Problem('unauthenticated');
  if (!rolesOf[access].includes(account.role)) throw new Problem('forbidden');
}
