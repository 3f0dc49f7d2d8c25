import type { AccountView } from '@urr/contracts/auth.ts';
import { PersonName } from '@urr/contracts/auth-fields.ts';
import type { AccountRole } from '@urr/contracts/auth.ts';
import type { Selectable } from 'kysely';
import { Compile } from 'typebox/compile';
import type { AuthTables } from '../tables.ts';

/** One account as it is stored. */
export type AccountRow = Selectable<AuthTables['accounts']>;

/** One mailbox, one spelling. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

const personName = Compile(PersonName);

/** The name a person gave, or one for a person who gave none that can be seen. */
export function nameFrom(name: string | undefined, email: string): string {
  const given = name?.trim().toWellFormed() ?? '';
  return personName.Check(given) ? given : email.slice(0, email.indexOf('@')).slice(0, 80);
}

/** What the tokens of an account may do: until a one-time password is changed, no more than a fan. */
export function tokenRoleOf(account: Pick<AccountRow, 'role' | 'must_change_password'>): AccountRole {
  return account.must_change_password ? 'fan' : account.role;
}

/** An account as its owner sees it. */
export function accountView(account: AccountRow): AccountView {
  return {
    accountId: account.id,
    email: account.email,
    name: account.name,
    role: account.role,
    mustChangePassword: account.must_change_password,
    createdAt: account.created_at.toISOString(),
  };
}
