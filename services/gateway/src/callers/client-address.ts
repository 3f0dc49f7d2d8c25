import { equalsSecret } from '@urr/platform/internal-token.ts';
import type { Secret } from '@urr/platform/secret.ts';

/** Header by which our own web server proves that the last address it names is the one it was called from. */
const frontendHeader = 'x-frontend-verified';

interface Addressed {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The address behind the trusted proxies, as the server sees it. */
  readonly ip: string;
}

/** Tells whose request it is. Pages reach us through our web server, which would otherwise be everybody's address. */
export type ClientAddress = (request: Addressed) => string;

/** Creates the reading for so many trusted proxies; they stand in front of the web server as they do in front of us. */
export function createClientAddress(trustedProxies: number, secret: Secret | undefined): ClientAddress {
  return ({ headers, ip }) => {
    const given = headers[frontendHeader];
    const isFrontend = secret !== undefined && typeof given === 'string' && equalsSecret(given, secret);
    const named = isFrontend ? headers['x-forwarded-for'] : undefined;
    if (typeof named !== 'string') return ip;
    const addresses = named.split(',').map((address) => address.trim());
    return addresses[Math.max(0, addresses.length - 1 - trustedProxies)] ?? ip;
  };
}
