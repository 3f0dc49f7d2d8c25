import { type Static, Type } from 'typebox';
import { Timestamp, Uuid } from './primitives.ts';
import { routeContract } from './route-contract.ts';

const envelope = {
  mailId: Uuid,
  recipient: Type.String(),
  subject: Type.String(),
  receivedAt: Timestamp,
};

/** A mail in the mailbox, as its list shows it. */
export const MailboxEntry = Type.Object(envelope);
export type MailboxEntry = Static<typeof MailboxEntry>;

/** A mail in the mailbox with what it says. */
export const MailboxMail = Type.Object({ ...envelope, text: Type.String(), html: Type.String() });
export type MailboxMail = Static<typeof MailboxMail>;

/** Mails of a platform that has no mail server, newest first. The route does not exist where there is one. */
export const listMailbox = routeContract({
  name: 'listMailbox',
  summary: 'Mails kept instead of sent, newest first',
  method: 'GET',
  path: '/internal/mailbox',
  service: 'auth-service',
  access: 'internal',
  limit: 'general',
  query: Type.Object(
    {
      recipient: Type.Optional(Type.String({ minLength: 1, maxLength: 254, pattern: '^[^\\u0000]+$' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '100 when absent' })),
    },
    { additionalProperties: false },
  ),
  success: { status: 200, body: Type.Object({ mails: Type.Array(MailboxEntry) }) },
  refusals: [],
});

/** One of them. */
export const readMailboxMail = routeContract({
  name: 'readMailboxMail',
  summary: 'One mail kept instead of sent',
  method: 'GET',
  path: '/internal/mailbox/:mailId',
  service: 'auth-service',
  access: 'internal',
  limit: 'general',
  params: Type.Object({ mailId: Uuid }),
  success: { status: 200, body: MailboxMail },
  refusals: ['mail-not-found'],
});

/** Routes of the mailbox. */
export const mailboxRoutes = [listMailbox, readMailboxMail] as const;
