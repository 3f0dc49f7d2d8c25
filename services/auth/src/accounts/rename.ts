import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { type AccountRow, nameFrom } from './account.ts';
import { lockAccount, updateAccount } from './store.ts';

/** Changes what an account is called. Throws `account-not-found`. */
export function renameAccount(
  deps: Pick<Deps, 'db'>,
  change: { readonly accountId: string; readonly name: string; readonly requestId: string },
): Promise<AccountRow> {
  return inTransaction(deps.db, async (transaction) => {
    const account = await lockAccount(transaction, change.accountId);
    if (account === undefined) throw new Problem('account-not-found');
    const name = nameFrom(change.name, account.email);
    if (name === account.name) return account;
    await audit(transaction, {
      actor: account.id,
      action: 'account.rename',
      subject: `account:${account.id}`,
      before: { name: account.name },
      after: { name },
      requestId: change.requestId,
    });
    return updateAccount(transaction, account.id, { name });
  });
}
