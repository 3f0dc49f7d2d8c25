import type { Account } from '@urr/platform/identity.ts';
import type { Deps } from '../deps.ts';
import { hashOf } from './refresh-token.ts';
import { endOneSession, sessionOfToken } from './store.ts';

/** Ends the session of the refresh token, else of the access token; nothing to end is no fault. */
export async function logOutSession(
  deps: Pick<Deps, 'db'>,
  refreshToken: string | undefined,
  account: Account | undefined,
): Promise<void> {
  const named = refreshToken === undefined ? undefined : await sessionOfToken(deps.db, hashOf(refreshToken));
  const sessionId = named ?? account?.sessionId;
  if (sessionId !== undefined) await endOneSession(deps.db, { sessionId, because: 'logout' });
}
