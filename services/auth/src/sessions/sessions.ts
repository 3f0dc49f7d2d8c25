import type { SignedIn } from '@urr/contracts/auth.ts';
import { GroupCommit } from '@urr/platform/group-commit.ts';
import { signAccessToken } from '@urr/platform/identity.ts';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { type AccountRow, accountView, tokenRoleOf } from '../accounts/account.ts';
import type { AuthTables } from '../tables.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { accessTokenSeconds, refreshTokenSeconds } from './cookies.ts';
import { hashOf, newRefreshToken } from './refresh-token.ts';
import { endAllSessions, insertSessions, type NewSession } from './store.ts';

/** A session before it is written; only this value knows the refresh token itself. */
export interface PreparedSession extends NewSession {
  readonly refreshToken: string;
}

/** Opens sessions and signs the tokens they answer with. */
export interface Sessions {
  /** Makes a session for an account, without writing it. */
  prepare(accountId: string, request: FastifyRequest): PreparedSession;
  /** Writes prepared sessions in the caller's transaction. */
  insert(transaction: Kysely<AuthTables>, sessions: readonly PreparedSession[]): Promise<void>;
  /** Ends every live session of an account in the caller's transaction. */
  endAll(transaction: Kysely<AuthTables>, accountId: string, because: 'password' | 'role'): Promise<void>;
  /** Writes one session; callers of the same moment share a disk flush. */
  open(session: PreparedSession): Promise<void>;
  /** What a signed-in person is answered. */
  signedIn(account: AccountRow, session: Pick<PreparedSession, 'sessionId' | 'refreshToken'>): SignedIn;
}

/** Creates the sessions of one database. `key` signs access tokens. */
export function createSessions(db: Kysely<AuthTables>, key: Uint8Array): Sessions {
  const insert = (transaction: Kysely<AuthTables>, sessions: readonly PreparedSession[]) =>
    insertSessions(transaction, sessions, refreshTokenSeconds);
  const group = new GroupCommit<PreparedSession, undefined>({
    write: async (sessions) => {
      await insert(db, sessions);
      return sessions.map(() => undefined);
    },
    groupSize: 64,
    queueSize: 4_000,
  });
  return {
    prepare,
    insert,
    endAll: endAllSessions,
    open: (session) => group.submit(session),
    signedIn: (account, session) => ({
      account: accountView(account),
      sessionId: session.sessionId,
      accessToken: accessTokenFor(account, session.sessionId, key),
      accessTokenExpiresIn: accessTokenSeconds,
      refreshToken: session.refreshToken,
      refreshTokenExpiresIn: refreshTokenSeconds,
    }),
  };
}

function prepare(accountId: string, request: FastifyRequest): PreparedSession {
  const refreshToken = newRefreshToken();
  return {
    sessionId: uuidv7(),
    accountId,
    userAgent: printable(request.headers['user-agent'] ?? ''),
    address: request.ip,
    refreshToken,
    refreshTokenHash: hashOf(refreshToken),
  };
}

function accessTokenFor(account: AccountRow, sessionId: string, key: Uint8Array): string {
  return signAccessToken(
    { accountId: account.id, role: tokenRoleOf(account), sessionId },
    { nowSeconds: Math.floor(Date.now() / 1000), lifetimeSeconds: accessTokenSeconds, tokenId: uuidv7() },
    key,
  );
}

function printable(userAgent: string): string {
  return userAgent.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200);
}
