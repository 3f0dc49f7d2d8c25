import {
  changePassword as changePasswordContract,
  listAccounts,
  readMe,
  register as registerContract,
  renameMe,
  setRole,
} from '@urr/contracts/auth.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { setTokenCookies } from '../sessions/cookies.ts';
import { accountView, normaliseEmail } from './account.ts';
import { changePassword, type ProveIdentity } from './change-password.ts';
import { createRegister } from './register.ts';
import { renameAccount } from './rename.ts';
import { setAccountRole } from './set-role.ts';
import { findAccount, listAccountRows } from './store.ts';

const defaultPageSize = 50;

/** Routes of accounts. */
export function serveAccounts(server: ServeDeps, deps: Deps, prove: ProveIdentity): void {
  const register = createRegister(deps);
  const isSecure = deps.config.COOKIE_SECURE;

  serve(server, registerContract, async ({ body, request, reply }) => {
    const signedIn = await register(body, request);
    setTokenCookies(reply, signedIn, isSecure);
    return signedIn;
  });

  serve(server, readMe, async ({ account }) => {
    const row = await findAccount(deps.db, account.accountId);
    if (row === undefined) throw new Problem('account-not-found');
    return accountView(row);
  });

  serve(server, renameMe, async ({ body, account, request }) => {
    const change = { accountId: account.accountId, ...body, requestId: request.id };
    return accountView(await renameAccount(deps, change));
  });

  serve(server, changePasswordContract, async ({ body, account, request, reply }) => {
    const change = { accountId: account.accountId, ...body };
    const signedIn = await changePassword(deps, prove, change, request);
    setTokenCookies(reply, signedIn, isSecure);
    return signedIn;
  });

  serve(server, listAccounts, async ({ query }) => {
    const limit = query.limit ?? defaultPageSize;
    const email = query.email === undefined ? undefined : normaliseEmail(query.email);
    const rows = await listAccountRows(deps.db, { ...query, email, limit });
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { accounts: rows.map(accountView), ...(last === undefined ? {} : { next: last.id }) };
  });

  serve(server, setRole, async ({ params, body, account, request }) => {
    const change = { actor: account.accountId, ...params, ...body, requestId: request.id };
    return accountView(await setAccountRole(deps, change));
  });
}
