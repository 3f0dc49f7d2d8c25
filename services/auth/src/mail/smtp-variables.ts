import { SecretVariable } from '@urr/platform/config.ts';
import type { Secret } from '@urr/platform/secret.ts';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import type { smtpNames } from './smtp-names.ts';

const addressForm = '[^\\s@<>",;:]+@[^\\s@<>",;:]+';

/** Variables of the mail server; with neither `SMTP_HOST` nor `SMTP_URL` mails stay in the mailbox. */
export const smtpVariables = {
  SMTP_HOST: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9.:_-]+$',
      description: 'Mail server; with neither this nor `SMTP_URL` mails are kept in the mailbox',
    }),
  ),
  SMTP_PORT: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 65_535, description: 'Its port; 587, or 465 with implicit TLS' }),
  ),
  SMTP_USER: Type.Optional(Type.String({ description: 'Name to sign in with there; unset: without' })),
  SMTP_PASSWORD: Type.Optional(SecretVariable({ description: 'Password of that name' })),
  SMTP_TLS: Type.Union([Type.Literal('starttls'), Type.Literal('implicit'), Type.Literal('none')], {
    default: 'starttls',
    description: 'How the connection is encrypted; `none` only inside a private network',
  }),
  SMTP_URL: Type.Optional(
    Type.Unsafe<Secret>(
      Type.String({
        pattern: '^smtps?://[^\\s/?#]+/?$',
        'x-secret': true,
        description: 'All of these in one: `smtp://user:password@host:port`, or `smtps://` for implicit TLS',
      }),
    ),
  ),
  SMTP_DEADLINE_MS: Type.Integer({
    default: 20_000,
    minimum: 100,
    maximum: 120_000,
    description: 'Milliseconds one mail may take to be handed over',
  }),
  MAIL_FROM: Type.Optional(
    Type.String({
      pattern: `^(?:[^<>"\\r\\n]+ <${addressForm}>|${addressForm})$`,
      description: 'Sender: `shop@example.com` or `Shop <shop@example.com>`; required with a mail server',
    }),
  ),
} satisfies Record<(typeof smtpNames)[number], TSchema>;

const schema: TObject<typeof smtpVariables> = Type.Object(smtpVariables);

/** Settings of the mail server. */
export type SmtpConfig = Readonly<Static<typeof schema>>;
