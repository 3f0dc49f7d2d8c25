import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Where the API is, and how it knows us. */
export interface RelayOptions {
  readonly gatewayUrl: string;
  readonly frontendSecret: string | undefined;
}

/** Header by which gateway-service believes the address we name. */
export const frontendHeader = 'x-frontend-verified';
/** Headers of one connection, not of the message. */
const perConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Paths of the API: pages call it at their own origin, so that its cookies are theirs. */
export function isApiPath(url: string): boolean {
  return /^\/(api|docs)(\/|\?|$)/.test(url);
}

/** The way a request came, nearest last, as `x-forwarded-for` says it: the address that connected to us is added. */
export function wayOf(incoming: IncomingMessage): string {
  const before = incoming.headers['x-forwarded-for'];
  const address = incoming.socket.remoteAddress ?? '';
  return before === undefined ? address : `${String(before)}, ${address}`;
}

/** Hands requests for the API on to gateway-service and streams the answers back as they come. */
export function createRelay({ gatewayUrl, frontendSecret }: RelayOptions) {
  // Without a bound of its own: streams keep theirs for minutes, and gateway-service refuses what is too much.
  const agent = new Agent({ keepAlive: true });
  return (incoming: IncomingMessage, answer: ServerResponse): void => {
    const onward = request(`${gatewayUrl}${incoming.url ?? '/'}`, {
      agent,
      method: incoming.method,
      headers: headersFor(incoming, frontendSecret),
    });
    onward.once('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.statusMessage, onlyMessage(response.rawHeaders));
      response.pipe(answer);
      response.once('error', () => answer.destroy());
    });
    onward.once('error', () => {
      if (answer.headersSent) answer.destroy();
      else refuse(answer);
    });
    // A reader who is gone, or a stream that is closed, ends the call behind it.
    answer.once('close', () => onward.destroy());
    incoming.pipe(onward);
  };
}

function headersFor(incoming: IncomingMessage, secret: string | undefined): string[] {
  const headers = onlyMessage(incoming.rawHeaders, ['x-forwarded-for', frontendHeader]);
  headers.push('x-forwarded-for', wayOf(incoming));
  if (secret !== undefined) headers.push(frontendHeader, secret);
  return headers;
}

function onlyMessage(raw: readonly string[], without: readonly string[] = []): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (!perConnection.has(name) && !without.includes(name))
      kept.push(raw[index] ?? '', raw[index + 1] ?? '');
  }
  return kept;
}

function refuse(answer: ServerResponse): void {
  const problem = {
    type: '/docs/problems#upstream-unavailable',
    title: '잠시 연결할 수 없습니다 · Temporarily unavailable',
    status: 503,
    detail: '잠시 후 다시 시도해 주세요. · Try again in a moment.',
    code: 'upstream-unavailable',
    retryAfter: 1,
  };
  answer.writeHead(503, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '1' });
  answer.end(JSON.stringify(problem));
}
