import { endSession, listSessions, logOut, refresh } from '@urr/contracts/auth.ts';
import { cookieOf } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { clearTokenCookies, refreshTokenCookie, setTokenCookies } from './cookies.ts';
import { logOutSession } from './log-out.ts';
import { refreshSession } from './refresh.ts';
import { endOneSession, liveSessions } from './store.ts';

/** Routes of sessions. */
export function serveSessions(server: ServeDeps, deps: Deps): void {
  const isSecure = deps.config.COOKIE_SECURE;

  serve(server, refresh, async ({ body, request, reply }) => {
    // Cleared first: a refusal must not leave the browser with a dead token.
    clearTokenCookies(reply, isSecure);
    const refreshToken = refreshTokenOf(body, request);
    if (refreshToken === undefined) throw new Problem('session-over');
    const signedIn = await refreshSession(deps, refreshToken, request);
    setTokenCookies(reply, signedIn, isSecure);
    return signedIn;
  });

  serve(server, logOut, async ({ body, account, request, reply }) => {
    await logOutSession(deps, refreshTokenOf(body, request), account);
    clearTokenCookies(reply, isSecure);
    return undefined;
  });

  serve(server, listSessions, async ({ account }) => {
    const rows = await liveSessions(deps.db, account.accountId);
    const sessions = rows.map((row) => ({
      sessionId: row.id,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      userAgent: row.user_agent,
      address: row.address,
      current: row.id === account.sessionId,
    }));
    return { sessions };
  });

  serve(server, endSession, async ({ params, account }) => {
    const session = { sessionId: params.sessionId, accountId: account.accountId, because: 'ended' } as const;
    if (!(await endOneSession(deps.db, session))) throw new Problem('session-not-found');
    return undefined;
  });
}

function refreshTokenOf(
  body: { refreshToken?: string } | null | undefined,
  request: FastifyRequest,
): string | undefined {
  const token = body?.refreshToken ?? cookieOf(request.headers['cookie'], refreshTokenCookie);
  return token === undefined || token === '' || token.length > 4096 ? undefined : token;
}
