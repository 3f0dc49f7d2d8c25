import type { Language } from '@urr/platform/language.ts';
import type { Kysely } from 'kysely';
import { findAccountByEmail } from '../accounts/store.ts';
import { openReset } from '../passwords/reset-links.ts';
import { resetTokenOf, storedForm } from '../passwords/reset-token.ts';
import type { AuthTables } from '../tables.ts';
import {
  googleSignInLetter,
  passwordChangedLetter,
  passwordResetLetter,
  welcomeLetter,
} from './letters/account-letters.ts';
import { eventCancelledLetter, refundDoneLetter, ticketsBookedLetter } from './letters/booking-letters.ts';
import type { Letter, PageUrl } from './letters/letter.ts';
import { renderLetter } from './letters/render-letter.ts';
import type { MailContent, OwedMail } from './mail-content.ts';
import type { OutgoingMail } from './mailer.ts';

/** What letters are made from besides what is owed. */
export interface ComposeDeps {
  readonly db: Kysely<AuthTables>;
  /** Origin of the pages. */
  readonly origin: string;
  /** Derives the tokens of links. */
  readonly resetKey: Uint8Array;
}

type LetterIn = (language: Language, page: PageUrl) => Letter;

/** Makes a mail ready to send; undefined when there is nobody to write to. */
export async function composeMail(deps: ComposeDeps, mail: OwedMail): Promise<OutgoingMail | undefined> {
  const found =
    mail.template === 'password-reset'
      ? await resetLetter(deps, mail)
      : { letterIn: letterOf(mail), language: mail.language };
  if (found === undefined) return undefined;
  // Nobody said which language: both.
  const languages: readonly Language[] = found.language === null ? ['ko', 'en'] : [found.language];
  const translations = languages.map((language) => ({
    language,
    letter: found.letterIn(language, (path) => `${deps.origin}/${language}${path}`),
  }));
  return {
    mailId: mail.mailId,
    recipient: mail.recipient,
    writtenAt: mail.createdAt,
    ...renderLetter(translations),
  };
}

async function resetLetter(
  deps: ComposeDeps,
  mail: OwedMail,
): Promise<{ letterIn: LetterIn; language: Language | null } | undefined> {
  const account = await findAccountByEmail(deps.db, mail.recipient);
  if (account === undefined) return undefined;
  const { language } = account;
  if (account.password_hash === null) return { letterIn: googleSignInLetter, language };
  const token = resetTokenOf(mail.mailId, deps.resetKey);
  const reset = { id: mail.mailId, accountId: account.id, tokenHash: storedForm(token) };
  if (!(await openReset(deps.db, reset))) return undefined;
  return { letterIn: (spoken, page) => passwordResetLetter(spoken, page, token), language };
}

function letterOf(content: Exclude<MailContent, { template: 'password-reset' }>): LetterIn {
  switch (content.template) {
    case 'welcome':
      return welcomeLetter;
    case 'password-changed':
      return (language, page) => passwordChangedLetter(language, page, content.data);
    case 'tickets-booked':
      return (language, page) => ticketsBookedLetter(language, page, content.data);
    case 'refund-done':
      return (language, page) => refundDoneLetter(language, page, content.data);
    case 'event-cancelled':
      return (language, page) => eventCancelledLetter(language, page, content.data);
  }
}
