import type { IncomingHttpHeaders } from 'node:http';
import type { WorkloadName } from '@urr/contracts/topology.ts';
import { entryTokenHeader } from '@urr/entry-token/entry-token.ts';
import { entryTokenOf } from '@urr/platform/entry.ts';
import { cookieOf } from '@urr/platform/identity.ts';
import { type TraceContext, traceHeaders } from '@urr/platform/tracing/trace-context.ts';

/** What the gateway itself says about a request. */
export interface Provenance {
  readonly service: WorkloadName;
  /** The verified access token. */
  readonly token: string | undefined;
  readonly requestId: string;
  readonly address: string;
  readonly protocol: string;
  readonly host: string;
  /** The trace the forwarded request continues. */
  readonly trace: TraceContext | undefined;
}

// Hop by hop (RFC 9110, 7.6.1), or written anew below, or nobody's to send.
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
  'content-length',
  'authorization',
  'cookie',
  'forwarded',
  'x-internal-token',
  'x-cloudfront-verified',
  'x-frontend-verified',
  'x-queue-entry-token',
  'x-request-id',
  'x-real-ip',
  'x-http-method-override',
  'traceparent',
  'tracestate',
]);

/** The headers a service receives, as a flat list: the client's own without what it may not say, then ours. */
export function forwardedHeaders(given: IncomingHttpHeaders, provenance: Provenance): string[] {
  const headers: string[] = [];
  const named = given.connection === undefined ? undefined : namedByConnection(given.connection);
  for (const name in given) {
    const value = given[name];
    if (typeof value !== 'string' || isDropped(name) || named?.has(name) === true) continue;
    headers.push(name, value);
  }
  addOwn(headers, given, provenance);
  return headers;
}

function isDropped(name: string): boolean {
  return (
    dropped.has(name) || (name.charCodeAt(0) === 120 && /^x-(?:user-|user$|forwarded-|internal-)/.test(name))
  );
}

function namedByConnection(connection: string): ReadonlySet<string> | undefined {
  if (connection === 'keep-alive' || connection === 'close') return undefined;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}

function addOwn(headers: string[], given: IncomingHttpHeaders, provenance: Provenance): void {
  const { token, requestId, address, protocol, host } = provenance;
  headers.push('x-request-id', requestId, 'x-forwarded-for', address, 'x-forwarded-proto', protocol);
  headers.push('x-forwarded-host', host);
  if (provenance.trace !== undefined) headers.push(...traceHeaders(provenance.trace));
  if (token !== undefined) headers.push('authorization', `Bearer ${token}`);
  const entryToken = entryTokenOf(given);
  if (entryToken !== undefined) headers.push(entryTokenHeader, entryToken);
  // The refresh token is auth-service's business alone.
  const refreshToken =
    provenance.service === 'auth-service' ? cookieOf(given.cookie, 'refresh_token') : undefined;
  if (refreshToken !== undefined) headers.push('cookie', `refresh_token=${refreshToken}`);
}
