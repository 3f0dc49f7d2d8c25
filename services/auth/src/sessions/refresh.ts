import type { SignedIn } from '@urr/contracts/auth.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { FastifyRequest } from 'fastify';
import { findAccount } from '../accounts/store.ts';
import type { Deps } from '../deps.ts';
import { refreshTokenSeconds } from './cookies.ts';
import { hashOf, successorOf } from './refresh-token.ts';
import { rotateRefreshToken } from './store.ts';

// Within this time a used token answers its successor again: two tabs refresh at once, or an answer is lost.
const graceSeconds = 10;

/** Exchanges a refresh token for a new pair. Throws `session-over`; a copy used later ends the whole session. */
export async function refreshSession(
  deps: Pick<Deps, 'db' | 'sessions' | 'refreshKey' | 'logger'>,
  refreshToken: string,
  request: FastifyRequest,
): Promise<SignedIn> {
  const successor = successorOf(refreshToken, deps.refreshKey);
  const rotation = await rotateRefreshToken(deps.db, {
    given: hashOf(refreshToken),
    successor: hashOf(successor),
    graceSeconds,
    lifetimeSeconds: refreshTokenSeconds,
    address: request.ip,
  });
  if (rotation.outcome === 'reused')
    request.log.warn({ session: rotation.session, reqId: request.id }, 'refresh token reused: session ended');
  const isOpen = rotation.outcome === 'rotated' || rotation.outcome === 'repeated';
  if (!isOpen || rotation.session === null || rotation.account === null) throw new Problem('session-over');
  const account = await findAccount(deps.db, rotation.account);
  if (account === undefined) throw new Problem('session-over');
  return deps.sessions.signedIn(account, { sessionId: rotation.session, refreshToken: successor });
}
