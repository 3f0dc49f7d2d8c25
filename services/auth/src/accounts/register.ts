import type { SignedIn } from '@urr/contracts/auth.ts';
import { Email } from '@urr/contracts/auth-fields.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { GroupCommit } from '@urr/platform/group-commit.ts';
import { languageFrom } from '@urr/platform/language.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import type { Deps } from '../deps.ts';
import type { PreparedSession } from '../sessions/sessions.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { oweMails } from '../mail/store.ts';
import { type AccountRow, nameFrom, normaliseEmail } from './account.ts';
import { findAccountByEmail, insertAccounts, type NewAccount } from './store.ts';

/** What a person fills in. */
export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name?: string | undefined;
}

interface RegisterCommand {
  readonly account: NewAccount;
  readonly session: PreparedSession;
}

type RegisterDeps = Pick<Deps, 'db' | 'passwords' | 'sessions'>;

/** Makes an account and signs it in; many at a time in one commit. Throws `email-taken`, `invalid-input`. */
export function createRegister(deps: RegisterDeps) {
  const group = new GroupCommit<RegisterCommand, AccountRow | undefined>({
    write: (commands) => writeRegistrations(deps, commands),
    groupSize: 64,
    queueSize: 4_000,
  });
  return async (registration: Registration, request: FastifyRequest): Promise<SignedIn> => {
    const email = mailboxOf(registration.email);
    // Spares the hash; the insert decides.
    if ((await findAccountByEmail(deps.db, email)) !== undefined) throw new Problem('email-taken');
    const passwordHash = await deps.passwords.hash(registration.password);
    const name = nameFrom(registration.name, email);
    const language = languageFrom(request.headers['accept-language']);
    const account = { id: uuidv7(), email, name, passwordHash, language };
    const session = deps.sessions.prepare(account.id, request);
    const row = await group.submit({ account, session });
    if (row === undefined) throw new Problem('email-taken');
    return deps.sessions.signedIn(row, session);
  };
}

const mail = Compile(Email);

// Only in its one spelling does a full-width sign show as the sign that no mail may have.
function mailboxOf(typed: string): string {
  const email = normaliseEmail(typed);
  if (mail.Check(email)) return email;
  throw new Problem('invalid-input', {
    data: { errors: [{ path: 'body/email', message: 'must be a mail address' }] },
  });
}

function writeRegistrations(
  deps: RegisterDeps,
  commands: readonly RegisterCommand[],
): Promise<(AccountRow | undefined)[]> {
  return inTransaction(deps.db, async (transaction) => {
    const made = await insertAccounts(
      transaction,
      commands.map((command) => command.account),
    );
    const rows = new Map(made.map((row) => [row.id, row]));
    const sessions = commands.map((command) => command.session);
    await deps.sessions.insert(
      transaction,
      sessions.filter((session) => rows.has(session.accountId)),
    );
    const content = { template: 'welcome', data: {} } as const;
    await oweMails(
      transaction,
      [...rows.keys()].map((accountId) => ({ accountId, content })),
    );
    return commands.map((command) => rows.get(command.account.id));
  });
}
