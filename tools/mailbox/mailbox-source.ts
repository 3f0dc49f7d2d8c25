import type { Environment } from '@urr/platform/config.ts';

/** Where the mailbox is read from. */
export interface MailboxSource {
  readonly authServiceUrl: string;
  readonly internalToken: string;
}

/** The mailbox of an environment; undefined where mails are sent, or where nobody said whose it is. */
export function mailboxSourceOf(environment: Environment): MailboxSource | undefined {
  if (hasMailServer(environment)) return undefined;
  const { AUTH_SERVICE_URL: authServiceUrl = '', INTERNAL_API_TOKEN: internalToken = '' } = environment;
  return authServiceUrl === '' || internalToken === '' ? undefined : { authServiceUrl, internalToken };
}

/** Whether mails leave the platform: what auth-service decides by. */
export function hasMailServer({ SMTP_HOST: host = '', SMTP_URL: url = '' }: Environment): boolean {
  return host !== '' || url !== '';
}
