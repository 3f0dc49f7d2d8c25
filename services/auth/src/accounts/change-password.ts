import type { SignedIn } from '@urr/contracts/auth.ts';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { owePasswordChanged } from '../mail/owe-password-changed.ts';
import type { AccountRow } from './account.ts';
import { endResets } from '../passwords/reset-links.ts';
import { findAccount, lockAccount, updateAccount } from './store.ts';

/** Proves who types a password; failures slow down. */
export type ProveIdentity = (
  attempt: { readonly email: string; readonly address: string },
  password: string,
) => Promise<AccountRow>;

/** Changes the password and signs in anew; every session so far ends. Throws `wrong-credentials`, `sign-in-slowed`. */
export async function changePassword(
  deps: Pick<Deps, 'db' | 'passwords' | 'sessions'>,
  prove: ProveIdentity,
  change: { readonly accountId: string; readonly currentPassword: string; readonly newPassword: string },
  request: FastifyRequest,
): Promise<SignedIn> {
  const known = await findAccount(deps.db, change.accountId);
  if (known === undefined) throw new Problem('account-not-found');
  const proven = await prove({ email: known.email, address: request.ip }, change.currentPassword);
  const passwordHash = await deps.passwords.hash(change.newPassword);
  const session = deps.sessions.prepare(known.id, request);
  const account = await inTransaction(deps.db, async (transaction) => {
    const locked = await lockAccount(transaction, known.id);
    // Somebody else changed it between proof and lock: what was proven is no longer the password.
    if (locked?.password_hash !== proven.password_hash) throw new Problem('wrong-credentials');
    await deps.sessions.endAll(transaction, known.id, 'password');
    await deps.sessions.insert(transaction, [session]);
    await endResets(transaction, known.id);
    await owePasswordChanged(transaction, known.id);
    const subject = `account:${known.id}`;
    await audit(transaction, {
      actor: known.id,
      action: 'account.change-password',
      subject,
      requestId: request.id,
    });
    return updateAccount(transaction, known.id, { password_hash: passwordHash, must_change_password: false });
  });
  return deps.sessions.signedIn(account, session);
}
