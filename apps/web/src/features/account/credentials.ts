import type { ProblemDocument } from '@urr/contracts/problem-document.ts';

/** Fields of the forms about accounts. */
export type CredentialField = 'email' | 'name' | 'password' | 'currentPassword' | 'newPassword';
/** What can be wrong with one; each is a text of the namespace `account`. */
type CredentialFault = 'required' | 'notAnAddress' | 'tooShort' | 'tooLong' | 'notAccepted' | 'taken';
/** What is wrong with what was typed, by field. */
export type CredentialFaults = Readonly<Partial<Record<CredentialField, CredentialFault>>>;

/** Bounds of a new password, in characters, as auth-service has them. */
export const passwordLength = { least: 10, most: 200 } as const;
const longestName = 80;
const longestEmail = 254;

/** What is wrong before anything is sent; fields that are not given are not looked at. */
export function credentialFaults(
  typed: Readonly<Partial<Record<CredentialField, string>>>,
): CredentialFaults {
  const found: [CredentialField, CredentialFault | undefined][] = [
    ['email', emailFault(typed.email)],
    ['name', (typed.name ?? '').trim().length > longestName ? 'tooLong' : undefined],
    ['password', newPasswordFault(typed.password)],
    ['currentPassword', typed.currentPassword === '' ? 'required' : undefined],
    ['newPassword', newPasswordFault(typed.newPassword)],
  ];
  return Object.fromEntries(found.filter(([, fault]) => fault !== undefined));
}

/** What is wrong when an old password is given: it may have been set under other rules. */
export function signInFaults(typed: { readonly email: string; readonly password: string }): CredentialFaults {
  const email = emailFault(typed.email);
  return {
    ...(email === undefined ? {} : { email }),
    ...(typed.password === '' ? { password: 'required' } : {}),
  };
}

/** The fields a refusal names; empty when it is about something else. */
export function refusedFields(problem: ProblemDocument): CredentialFaults {
  if (problem.code === 'email-taken') return { email: 'taken' };
  if (problem.code !== 'invalid-input') return {};
  const { errors = [] } = (problem.data ?? {}) as { errors?: readonly { path: string }[] };
  const names = errors.map(({ path }) => path.split('/').at(-1) ?? '').filter(isField);
  return Object.fromEntries(names.map((name) => [name, name === 'email' ? 'notAnAddress' : 'notAccepted']));
}

function emailFault(email: string | undefined): CredentialFault | undefined {
  if (email === undefined) return undefined;
  const trimmed = email.trim();
  if (trimmed === '') return 'required';
  if (trimmed.length > longestEmail) return 'tooLong';
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(trimmed) ? undefined : 'notAnAddress';
}

function newPasswordFault(password: string | undefined): CredentialFault | undefined {
  if (password === undefined) return undefined;
  if (password === '') return 'required';
  if (password.length < passwordLength.least) return 'tooShort';
  return password.length > passwordLength.most ? 'tooLong' : undefined;
}

const fields: ReadonlySet<string> = new Set(['email', 'name', 'password', 'currentPassword', 'newPassword']);

function isField(name: string): name is CredentialField {
  return fields.has(name);
}
