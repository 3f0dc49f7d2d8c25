import type { Kysely } from 'kysely';
import type { Mailer } from '../mail/mailer.ts';
import type { AuthTables } from '../tables.ts';
import { insertIntoMailbox } from './store.ts';

/** Keeps mails where somebody on this machine can read them, for a platform without a mail server. */
export function createMailboxMailer(db: Kysely<AuthTables>): Mailer {
  return {
    batchSize: 100,
    deadlineMs: 15_000,
    deliver: async (mails) => {
      try {
        await insertIntoMailbox(db, mails);
        return mails.map(() => ({ kind: 'accepted' }));
      } catch (error) {
        const fault = error instanceof Error ? error.message : 'unknown';
        return mails.map(() => ({ kind: 'later', fault }));
      }
    },
    close: () => Promise.resolve(),
  };
}
