import type { Account } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';

/** Who changes something, and in which request. */
export interface Actor {
  readonly accountId: string;
  readonly isAdmin: boolean;
  readonly requestId: string;
}

export function actorOf(account: Account, request: { readonly id: string }): Actor {
  return { accountId: account.accountId, isAdmin: account.role === 'admin', requestId: request.id };
}

/** Refuses (403) whoever is neither the owner nor an admin. */
export function requireOwner(actor: Actor, ownerId: string): void {
  if (!actor.isAdmin && actor.accountId !== ownerId) throw new Problem('forbidden');
}
