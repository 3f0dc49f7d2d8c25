import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import type { AccountRole } from '@urr/contracts/auth.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { AccountRow } from './account.ts';
import { lockAccount, lockAdmins, updateAccount } from './store.ts';

/** Gives an account another role and ends its sessions. Throws `account-not-found`, `last-admin`. */
export function setAccountRole(
  deps: Pick<Deps, 'db' | 'sessions'>,
  change: {
    readonly actor: string;
    readonly accountId: string;
    readonly role: AccountRole;
    readonly requestId: string;
  },
): Promise<AccountRow> {
  return inTransaction(deps.db, async (transaction) => {
    const admins = await lockAdmins(transaction);
    const account = await lockAccount(transaction, change.accountId);
    if (account === undefined) throw new Problem('account-not-found');
    if (account.role === change.role) return account;
    if (account.role === 'admin' && admins.length === 1) throw new Problem('last-admin');
    await deps.sessions.endAll(transaction, account.id, 'role');
    await audit(transaction, {
      actor: change.actor,
      action: 'account.set-role',
      subject: `account:${account.id}`,
      before: { role: account.role },
      after: { role: change.role },
      requestId: change.requestId,
    });
    return updateAccount(transaction, account.id, { role: change.role });
  });
}
