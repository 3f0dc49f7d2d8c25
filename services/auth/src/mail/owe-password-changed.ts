import type { Kysely } from 'kysely';
import type { AuthTables } from '../tables.ts';
import { oweMails } from './store.ts';

/** Owes an account word that its password was changed, in the transaction that changes it. */
export function owePasswordChanged(transaction: Kysely<AuthTables>, accountId: string): Promise<void> {
  const changedAt = new Date().toISOString();
  return oweMails(transaction, [
    { accountId, content: { template: 'password-changed', data: { changedAt } } },
  ]);
}
