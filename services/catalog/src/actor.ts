import type { Account } from '@urr/platform/identity.ts';

/** Who changes something, and in which request. */
export interface Actor extends Pick<Account, 'accountId' | 'role'> {
  readonly requestId: string;
}

export function actorOf({ accountId, role }: Account, request: { readonly id: string }): Actor {
  return { accountId, role, requestId: request.id };
}
