import type { Credentials, Visitor } from '../stage/visitor.ts';

/** Fills in the form for new accounts, which must be open, and waits to be led on. */
export async function register(visitor: Visitor, credentials: Credentials): Promise<void> {
  await writeCredentials(visitor, credentials);
  await visitor.press('button', 'account.register.submit');
  await visitor.page.waitForURL((url) => !url.pathname.endsWith('/register'));
}

/** Fills in the form to log in, which must be open, and waits to be led on. */
export async function logIn(visitor: Visitor, credentials: Credentials): Promise<void> {
  await writeCredentials(visitor, credentials);
  await visitor.press('button', 'account.logIn.submit');
  await visitor.page.waitForURL((url) => !url.pathname.endsWith('/login'));
}

async function writeCredentials(visitor: Visitor, { email, password }: Credentials): Promise<void> {
  await visitor.hand.write(visitor.find('textbox', 'account.email.label'), email);
  await visitor.hand.write(visitor.find('textbox', 'account.password.label'), password);
}
