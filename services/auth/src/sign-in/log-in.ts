import type { SignedIn } from '@urr/contracts/auth.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { FastifyRequest } from 'fastify';
import { type AccountRow, normaliseEmail } from '../accounts/account.ts';
import { findAccountByEmail, replaceHash } from '../accounts/store.ts';
import type { Deps } from '../deps.ts';
import { chargeAttempt, countFailure, forgetFailures } from './slow-down.ts';

type LogInDeps = Pick<Deps, 'db' | 'config' | 'passwords' | 'sessions'>;

/** Signs in by mail and password. Throws `wrong-credentials`, the same for an unknown mail, or `sign-in-slowed`. */
export async function logIn(
  deps: LogInDeps,
  credentials: { readonly email: string; readonly password: string },
  request: FastifyRequest,
): Promise<SignedIn> {
  const email = normaliseEmail(credentials.email);
  const account = await proveIdentity(deps, { email, address: request.ip }, credentials.password);
  await strengthenHash(deps, account, credentials.password);
  const session = deps.sessions.prepare(account.id, request);
  await deps.sessions.open(session);
  return deps.sessions.signedIn(account, session);
}

/** The account of a mail and its password; every failure slows the next attempt down. */
export async function proveIdentity(
  deps: Pick<Deps, 'db' | 'config' | 'passwords'>,
  attempt: { readonly email: string; readonly address: string },
  password: string,
): Promise<AccountRow> {
  await chargeAttempt(deps, attempt);
  const account = await findAccountByEmail(deps.db, attempt.email);
  const isRight = await deps.passwords.matches(password, account?.password_hash ?? undefined);
  if (account === undefined || !isRight) {
    await countFailure(deps, attempt);
    throw new Problem('wrong-credentials');
  }
  await forgetFailures(deps, attempt);
  return account;
}

async function strengthenHash(deps: LogInDeps, account: AccountRow, password: string): Promise<void> {
  const old = account.password_hash;
  if (old === null || !deps.passwords.isOutdated(old)) return;
  await replaceHash(deps.db, account.id, { old, fresh: await deps.passwords.hash(password) });
}
