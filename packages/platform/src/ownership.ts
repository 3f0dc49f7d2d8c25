import type { Account } from './identity.ts';
import { Problem } from './problem.ts';

type Actor = Pick<Account, 'accountId' | 'role'>;

/** Admins own everything; what has no owner (`null`, `undefined`) is theirs alone. */
export function isOwner({ accountId, role }: Actor, ownerId: string | null | undefined): boolean {
  return role === 'admin' || accountId === ownerId;
}

/** Refuses (403 `forbidden`) whoever is neither the owner nor an admin. */
export function requireOwner(actor: Actor, ownerId: string | null | undefined): void {
  if (!isOwner(actor, ownerId)) throw new Problem('forbidden');
}
