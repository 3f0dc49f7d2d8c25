import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Kysely } from 'kysely';
import { lockAccount, updateAccount } from '../accounts/store.ts';
import type { Deps } from '../deps.ts';
import { owePasswordChanged } from '../mail/owe-password-changed.ts';
import { accountOfReset, endResets, useReset } from '../passwords/reset-links.ts';
import { isResetToken, storedForm } from '../passwords/reset-token.ts';
import type { AuthTables } from '../tables.ts';

/** Forgets wrong guesses at an account's password, in the transaction that gives it a new one. */
export type ForgetFailures = (transaction: Kysely<AuthTables>, email: string) => Promise<void>;

/** Sets a new password by a mailed link: every session ends, and every other link. Throws `reset-link-over`. */
export async function setPasswordByLink(
  deps: Pick<Deps, 'db' | 'passwords' | 'sessions'>,
  forgetFailures: ForgetFailures,
  change: {
    readonly token: string;
    readonly password: string;
    readonly requestId: string;
  },
): Promise<void> {
  if (!isResetToken(change.token)) throw new Problem('reset-link-over');
  const tokenHash = storedForm(change.token);
  // Spares the hash; the statement that uses the link decides.
  const accountId = await accountOfReset(deps.db, tokenHash);
  if (accountId === undefined) throw new Problem('reset-link-over');
  const passwordHash = await deps.passwords.hash(change.password);
  await inTransaction(deps.db, async (transaction) => {
    // The account first, as every change of it does: two links of one account wait here and not for each other.
    const locked = await lockAccount(transaction, accountId);
    const isMine = locked !== undefined && (await useReset(transaction, tokenHash));
    if (!isMine) throw new Problem('reset-link-over');
    await endResets(transaction, accountId);
    await deps.sessions.endAll(transaction, accountId, 'password');
    // Whoever reads the account's mail need not wait for what others guessed.
    await forgetFailures(transaction, locked.email);
    await owePasswordChanged(transaction, accountId);
    await audit(transaction, {
      actor: accountId,
      action: 'account.reset-password',
      subject: `account:${accountId}`,
      requestId: change.requestId,
    });
    await updateAccount(transaction, accountId, { password_hash: passwordHash, must_change_password: false });
  });
}
