import type { Logger } from '@urr/platform/logger.ts';
import type { Kysely } from 'kysely';
import type { AuthConfig } from './config.ts';
import type { PasswordHasher } from './passwords/password-hasher.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { AuthTables } from './tables.ts';

/** What use-cases are given. */
export interface Deps {
  readonly db: Kysely<AuthTables>;
  readonly config: AuthConfig;
  readonly logger: Logger;
  readonly passwords: PasswordHasher;
  readonly sessions: Sessions;
  /** Derives successors of refresh tokens. */
  readonly refreshKey: Uint8Array;
  /** Derives tokens of links to a new password. */
  readonly resetKey: Uint8Array;
}
