import type { SignedIn } from '@urr/contracts/auth.ts';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import type { Account } from '@urr/platform/identity.ts';
import { languageFrom } from '@urr/platform/language.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { type AccountRow, nameFrom } from '../accounts/account.ts';
import { findAccountByGoogle, insertGoogleAccount, linkGoogle, lockAccount } from '../accounts/store.ts';
import type { Deps } from '../deps.ts';
import { oweMails } from '../mail/store.ts';
import type { AuthTables } from '../tables.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import type { GoogleIdentity } from './verify-id-token.ts';

/**
 * Signs in who Google vouches for. Linking rules: an account is found by Google's subject alone. A mail typed at
 * registration was never verified, so it proves nothing: an existing account of that mail is linked only by
 * somebody who is signed in to it. Otherwise whoever registered another's mail first would share the account.
 */
export async function signInWithGoogle(
  deps: Pick<Deps, 'db' | 'sessions'>,
  identity: GoogleIdentity,
  caller: Account | undefined,
  request: FastifyRequest,
): Promise<SignedIn> {
  const account = await inTransaction(deps.db, async (transaction) => {
    const linked = await findAccountByGoogle(transaction, identity.subject);
    if (linked !== undefined) return existing(linked, caller);
    if (caller !== undefined) return link(transaction, identity, caller, request.id);
    return create(transaction, identity, languageFrom(request.headers['accept-language']));
  });
  const session = deps.sessions.prepare(account.id, request);
  await deps.sessions.open(session);
  return deps.sessions.signedIn(account, session);
}

function existing(linked: AccountRow, caller: Account | undefined): AccountRow {
  const isAnothers = caller !== undefined && caller.accountId !== linked.id;
  if (isAnothers) throw new Problem('google-email-in-use', { data: { reason: 'linked-elsewhere' } });
  return linked;
}

async function link(
  transaction: Kysely<AuthTables>,
  identity: GoogleIdentity,
  caller: Account,
  requestId: string,
): Promise<AccountRow> {
  const account = await lockAccount(transaction, caller.accountId);
  if (account === undefined) throw new Problem('account-not-found');
  if (account.google_subject !== null)
    throw new Problem('google-email-in-use', { data: { reason: 'linked-elsewhere' } });
  if (account.email !== identity.email)
    throw new Problem('google-email-in-use', { data: { reason: 'other-email' } });
  await audit(transaction, {
    actor: account.id,
    action: 'account.link-google',
    subject: `account:${account.id}`,
    after: { googleSubject: identity.subject },
    requestId,
  });
  return linkGoogle(transaction, account.id, identity.subject);
}

async function create(
  transaction: Kysely<AuthTables>,
  identity: GoogleIdentity,
  language: AccountRow['language'],
): Promise<AccountRow> {
  const account = await insertGoogleAccount(transaction, {
    id: uuidv7(),
    email: identity.email,
    name: nameFrom(identity.name?.slice(0, 80), identity.email),
    language,
    googleSubject: identity.subject,
  });
  if (account !== undefined)
    await oweMails(transaction, [{ accountId: account.id, content: { template: 'welcome', data: {} } }]);
  // Taken: by this very person's other sign-in of the same moment, or by somebody who typed the mail.
  const taken = account ?? (await findAccountByGoogle(transaction, identity.subject));
  if (taken === undefined) throw new Problem('google-email-in-use', { data: { reason: 'sign-in-to-link' } });
  return taken;
}
