import * as http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as https from 'node:https';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { letStream } from './bound-readers.ts';

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
  'expect',
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
  // Without a bound of its own: streams keep theirs for minutes, gateway-service refuses what is too much, and
  // bound-readers.ts who asks for much at once.
  const { protocol, hostname, port } = new URL(gatewayUrl);
  const { Agent, request } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  return (incoming: IncomingMessage, answer: ServerResponse): void => {
    // Who stands before and behind us may each believe another one (RFC 9112, 3.2).
    if ((incoming.headersDistinct['host']?.length ?? 0) > 1) return refuseMalformed(answer, oneHost);
    const framing = framingOf(incoming);
    if (framing === undefined) return refuseMalformed(answer, noBody);
    const onward = request({
      agent,
      protocol,
      hostname,
      port,
      // As it came: which address is meant is for gateway-service to judge, and it refuses what could mean two.
      path: incoming.url,
      method: incoming.method,
      headers: [...headersFor(incoming, frontendSecret), ...framing],
    });
    onward.once('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.statusMessage, onlyMessage(response.rawHeaders));
      if (/^text\/event-stream\b/.test(response.headers['content-type'] ?? '')) letStream(answer);
      response.pipe(answer);
      response.once('error', () => answer.destroy());
    });
    onward.once('error', () => {
      if (answer.headersSent) answer.destroy();
      else refuse(answer);
    });
    // A reader who is gone, or a stream that is closed, ends the call behind it.
    answer.once('close', () => onward.destroy());
    if (framing.length > 0) incoming.pipe(onward);
    else onward.end();
  };
}

const withBody = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The headers that say where the body ends; none without a body, undefined for a body that no route takes. What is sent
 * on without them would be read by gateway-service as the beginning of the next reader's request.
 */
function framingOf({ headers, method = '' }: IncomingMessage): string[] | undefined {
  const length = headers['content-length'] ?? '0';
  const isChunked = headers['transfer-encoding'] !== undefined;
  if (!isChunked && length === '0') return withBody.has(method) ? ['content-length', '0'] : [];
  if (!withBody.has(method)) return undefined;
  return isChunked ? ['transfer-encoding', 'chunked'] : ['content-length', length];
}

function headersFor(incoming: IncomingMessage, secret: string | undefined): string[] {
  const named = (incoming.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const ours = ['x-forwarded-for', frontendHeader, 'content-length'];
  const headers = onlyMessage(incoming.rawHeaders, [...ours, ...named]);
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
  answerProblem(answer, {
    title: '잠시 연결할 수 없습니다 · Temporarily unavailable',
    status: 503,
    detail: '잠시 후 다시 시도해 주세요. · Try again in a moment.',
    code: 'upstream-unavailable',
    retryAfter: 1,
  });
}

const oneHost = 'Host 헤더는 하나만 보낼 수 있습니다. · A request names one host.';
const noBody = '이 방식의 요청에는 본문이 없습니다. · Requests of this method have no body.';

function refuseMalformed(answer: ServerResponse, detail: string): void {
  // What the body holds is nobody's next request.
  answer.setHeader('connection', 'close');
  answerProblem(answer, {
    title: '요청을 이해할 수 없습니다 · The request could not be understood',
    status: 400,
    detail,
    code: 'malformed-request',
  });
}

interface RelayProblem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  /** Seconds. */
  readonly retryAfter?: number;
}

function answerProblem(answer: ServerResponse, problem: RelayProblem): void {
  if (problem.retryAfter !== undefined) answer.setHeader('retry-after', String(problem.retryAfter));
  answer.writeHead(problem.status, { 'content-type': 'application/problem+json; charset=utf-8' });
  answer.end(JSON.stringify({ type: `/docs/problems#${problem.code}`, ...problem }));
}
