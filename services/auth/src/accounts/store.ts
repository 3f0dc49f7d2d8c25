import { type Kysely, sql } from 'kysely';
import type { AuthTables } from '../tables.ts';
import type { AccountRow } from './account.ts';

/** An account about to be written. */
export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  /** NULL: unknown. */
  readonly language: AccountRow['language'];
}

/** Writes accounts in one statement and answers those whose mail was free. */
export async function insertAccounts(
  db: Kysely<AuthTables>,
  accounts: readonly NewAccount[],
): Promise<AccountRow[]> {
  const column = <Key extends keyof NewAccount>(key: Key) => accounts.map((account) => account[key]);
  // Sorted, so that two replicas' groups that share addresses cannot wait for each other in a ring.
  const result = await sql<AccountRow>`
    INSERT INTO accounts (id, email, name, password_hash, language)
    SELECT id, email, name, password_hash, language FROM unnest(
      ${column('id')}::uuid[], ${column('email')}::text[], ${column('name')}::text[], ${column('passwordHash')}::text[],
      ${column('language')}::text[]
    ) AS g (id, email, name, password_hash, language) ORDER BY email
    ON CONFLICT (email) DO NOTHING
    RETURNING *`.execute(db);
  return result.rows;
}

/** The account with an id. */
export function findAccount(db: Kysely<AuthTables>, accountId: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst();
}

/** The account with a normalised mail. */
export function findAccountByEmail(db: Kysely<AuthTables>, email: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst();
}

/** One page of accounts in order of their making. */
export function listAccountRows(
  db: Kysely<AuthTables>,
  page: {
    readonly email?: string | undefined;
    readonly role?: AccountRow['role'] | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<AccountRow[]> {
  let query = db.selectFrom('accounts').selectAll().orderBy('id').limit(page.limit);
  if (page.email !== undefined) query = query.where('email', '=', page.email);
  if (page.role !== undefined) query = query.where('role', '=', page.role);
  if (page.after !== undefined) query = query.where('id', '>', page.after);
  return query.execute();
}

/**
 * Locks all admins in id order, so that two of them cannot step down at the same moment. Nobody's key changes, and what
 * merely refers to an account, such as a group of mails that are owed, does not wait.
 */
export async function lockAdmins(transaction: Kysely<AuthTables>): Promise<string[]> {
  const rows = await transaction
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'admin')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map((row) => row.id);
}

/** Sets what is given; answers the account as it is now. */
export function updateAccount(
  db: Kysely<AuthTables>,
  accountId: string,
  change: Partial<Pick<AccountRow, 'name' | 'role' | 'password_hash' | 'must_change_password'>>,
): Promise<AccountRow> {
  return db
    .updateTable('accounts')
    .set(change)
    .where('id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Replaces a hash by one of the same password at today's cost, unless the password changed meanwhile. */
export async function replaceHash(
  db: Kysely<AuthTables>,
  accountId: string,
  hashes: { readonly old: string; readonly fresh: string },
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_hash: hashes.fresh })
    .where('id', '=', accountId)
    .where('password_hash', '=', hashes.old)
    .execute();
}

/** The account linked to a Google subject. */
export function findAccountByGoogle(
  db: Kysely<AuthTables>,
  googleSubject: string,
): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('google_subject', '=', googleSubject).executeTakeFirst();
}

/** The account with an id, locked. */
export function lockAccount(
  transaction: Kysely<AuthTables>,
  accountId: string,
): Promise<AccountRow | undefined> {
  return transaction
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Makes an account without password; `undefined` when its mail or Google subject is taken. */
export function insertGoogleAccount(
  db: Kysely<AuthTables>,
  account: Omit<NewAccount, 'passwordHash'> & { readonly googleSubject: string },
): Promise<AccountRow | undefined> {
  const { googleSubject, ...rest } = account;
  return db
    .insertInto('accounts')
    .values({ ...rest, google_subject: googleSubject, is_email_verified: true, password_hash: null })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Links a Google subject, whose mail Google has verified. */
export function linkGoogle(
  db: Kysely<AuthTables>,
  accountId: string,
  googleSubject: string,
): Promise<AccountRow> {
  return db
    .updateTable('accounts')
    .set({ google_subject: googleSubject, is_email_verified: true })
    .where('id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow();
}
