import type { Account } from './identity.ts';
import { Problem } from './problem.ts';

type Actor = Pick<Account, 'accountId' | 'role'>;

/** Admins own everything. */
export function isOwner({ accountId, role }: Actor, ownerId: string): boolean {
  return role === 'admin' || accountId === ownerId;
}

/** Refuses (403 `forbidden`) whoever is neither the owner nor an admin. */
export function requireOwner(actor: Actor, ownerId: string): void {
  if (!isOwner(actor, ownerId)) throw new Problem('forbidden');
}
