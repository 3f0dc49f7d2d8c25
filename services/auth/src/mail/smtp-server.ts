import { Secret } from '@urr/platform/secret.ts';
import type { SmtpConfig } from './smtp-variables.ts';

/** The mail server of a configuration. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly login: { readonly user: string; readonly password: Secret } | undefined;
  readonly from: { readonly name: string; readonly address: string };
  readonly deadlineMs: number;
}

/** What contradicts itself in the settings of mail; `isOriginGiven` tells whether links have a real origin. */
export function smtpFaults(config: SmtpConfig, isOriginGiven: boolean): string[] {
  const { SMTP_HOST: host, SMTP_URL: url, SMTP_USER: user, SMTP_PASSWORD: password } = config;
  const faults: string[] = [];
  const parts = [host, config.SMTP_PORT, user, password];
  if (url !== undefined && parts.some((part) => part !== undefined))
    faults.push('SMTP_URL stands instead of SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD');
  if (url === undefined && host === undefined && parts.some((part) => part !== undefined))
    faults.push('SMTP_HOST must be set where SMTP_PORT, SMTP_USER or SMTP_PASSWORD is');
  if ((user === undefined) !== (password === undefined))
    faults.push('SMTP_USER and SMTP_PASSWORD must be set together');
  if (url !== undefined && readUrl(url) === undefined) faults.push('SMTP_URL is not an address');
  if (!hasMailServer(config)) return faults;
  if (config.MAIL_FROM === undefined) faults.push('MAIL_FROM must be set with a mail server');
  if (!isOriginGiven) faults.push('WEB_PUBLIC_ORIGIN must be set with a mail server: mails link to it');
  return faults;
}

/** Whether mails leave the platform. */
export function hasMailServer(config: Pick<SmtpConfig, 'SMTP_HOST' | 'SMTP_URL'>): boolean {
  return config.SMTP_HOST !== undefined || config.SMTP_URL !== undefined;
}

/** The mail server of a configuration without faults; undefined when it has none. */
export function smtpServerOf(config: SmtpConfig): SmtpServer | undefined {
  const { SMTP_HOST: host, SMTP_USER: user, SMTP_PASSWORD: password } = config;
  const rest = { from: senderOf(config.MAIL_FROM ?? ''), deadlineMs: config.SMTP_DEADLINE_MS };
  const given = config.SMTP_URL === undefined ? undefined : readUrl(config.SMTP_URL);
  if (given !== undefined) {
    const tls = given.isImplicit ? 'implicit' : config.SMTP_TLS;
    return { ...given, tls, port: given.port ?? portOf(tls), ...rest };
  }
  if (host === undefined) return undefined;
  const tls = config.SMTP_TLS;
  const login = user === undefined || password === undefined ? undefined : { user, password };
  return { host, port: config.SMTP_PORT ?? portOf(tls), tls, login, ...rest };
}

/** 587 for submission (RFC 6409), 465 for submission over TLS (RFC 8314). */
function portOf(tls: SmtpServer['tls']): number {
  return tls === 'implicit' ? 465 : 587;
}

function readUrl(secret: Secret) {
  try {
    const url = new URL(secret.reveal());
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    if (url.hostname === '') return undefined;
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? undefined : Number(url.port),
      isImplicit: url.protocol === 'smtps:',
      login: user === '' ? undefined : { user, password: new Secret(password) },
    };
  } catch {
    return undefined;
  }
}

function senderOf(text: string): SmtpServer['from'] {
  const boxed = /^(?<name>[^<>]+) <(?<address>[^<>]+)>$/.exec(text)?.groups;
  return { name: boxed?.['name']?.trim() ?? '', address: boxed?.['address'] ?? text };
}
