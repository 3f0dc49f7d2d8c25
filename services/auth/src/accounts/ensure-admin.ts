import { randomBytes } from 'node:crypto';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction, openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Secret } from '@urr/platform/secret.ts';
import { type Kysely, sql } from 'kysely';
import { defaultHashCost, hashPassword } from '../passwords/password-hash.ts';
import { owePasswordChanged } from '../mail/owe-password-changed.ts';
import type { AuthTables } from '../tables.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { normaliseEmail } from './account.ts';
import { findAccountByEmail } from './store.ts';

/** A password that must be changed before its account may do anything an admin may. */
export interface OneTimeAccess {
  readonly email: string;
  readonly oneTimePassword: string;
  /** False when the account was there before: its old password no longer works. */
  readonly isNew: boolean;
}

/** Who asks for an admin, for the audit log. */
const operator = 'operator';
const firstAdminEmail = 'admin@urr.local';

/** Makes the first admin when there is none; `undefined` when there is one. Needs a migrated auth_db. */
export async function ensureAdmin(databaseUrl: string): Promise<OneTimeAccess | undefined> {
  return withDatabase(databaseUrl, async (transaction) => {
    const admin = await transaction
      .selectFrom('accounts')
      .select('id')
      .where('role', '=', 'admin')
      .limit(1)
      .executeTakeFirst();
    return admin === undefined ? grantAdmin(transaction, firstAdminEmail) : undefined;
  });
}

/** Makes an admin of a mail, known or new, with a one-time password; all its sessions end. */
export async function createAdmin(databaseUrl: string, email: string): Promise<OneTimeAccess> {
  return withDatabase(databaseUrl, (transaction) => grantAdmin(transaction, normaliseEmail(email)));
}

async function grantAdmin(transaction: Kysely<AuthTables>, email: string): Promise<OneTimeAccess> {
  const oneTimePassword = randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(oneTimePassword, defaultHashCost);
  const before = await findAccountByEmail(transaction, email);
  const access = { role: 'admin', password_hash: passwordHash, must_change_password: true } as const;
  const account = await transaction
    .insertInto('accounts')
    .values({ id: uuidv7(), email, name: email.slice(0, email.indexOf('@')), ...access })
    .onConflict((conflict) => conflict.column('email').doUpdateSet(access))
    .returning('id')
    .executeTakeFirstOrThrow();
  await transaction
    .updateTable('sessions')
    .set({ ended_at: sql`clock_timestamp()`, ended_because: 'password' })
    .where('account_id', '=', account.id)
    .where('ended_at', 'is', null)
    .execute();
  if (before !== undefined) await owePasswordChanged(transaction, account.id);
  await audit(transaction, {
    actor: operator,
    action: 'account.grant-admin',
    subject: `account:${account.id}`,
    before: before === undefined ? null : { role: before.role },
    after: { role: 'admin' },
  });
  return { email, oneTimePassword, isNew: before === undefined };
}

async function withDatabase<Value>(
  databaseUrl: string,
  work: (transaction: Kysely<AuthTables>) => Promise<Value>,
): Promise<Value> {
  const database = openDatabase<AuthTables>({
    url: new Secret(databaseUrl),
    poolSize: 1,
    logger: createLogger('admin', 'silent'),
  });
  try {
    return await inTransaction(database.db, async (transaction) => {
      // Two starts at once would both find no admin.
      await sql`LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
      return work(transaction);
    });
  } finally {
    await database.close();
  }
}
