import { type Dispatcher, Pool } from 'undici';
import type { Answer, FanRequest } from './action.ts';

/** Sends a fan's requests over a bounded number of connections. */
export interface Client {
  send(request: FanRequest, headers: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

/** Where the platform is, as a browser sees it. */
export interface ClientOptions {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly connections: number;
}

const answerDeadlineMs = 60_000;

/** Creates pools; a request beyond their connections waits its turn, and that wait counts as latency. */
export function createClient(options: ClientOptions): Client {
  const poolOptions = {
    pipelining: 1,
    headersTimeout: answerDeadlineMs,
    bodyTimeout: answerDeadlineMs,
    keepAliveTimeout: 30_000,
  };
  const pools = {
    gateway: new Pool(options.gatewayUrl, { ...poolOptions, connections: options.connections }),
    simulator: new Pool(options.simulatorUrl, { ...poolOptions, connections: 32 }),
  };
  const documents = createDocumentCache();
  return {
    send: (request, headers) => dispatch(pools[request.target], request, headers, documents),
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
    },
  };
}

interface DocumentCache {
  parse(path: string, etag: string | undefined, bytes: () => string): unknown;
  find(path: string, etag: string | undefined): unknown;
}

// Twenty thousand fans read the same few documents; each version is parsed once.
function createDocumentCache(): DocumentCache {
  const versions = new Map<string, Map<string, unknown>>();
  const versionsKept = 32;
  const find = (path: string, etag: string | undefined) =>
    etag === undefined ? undefined : versions.get(path)?.get(etag);
  return {
    find,
    parse: (path, etag, bytes) => {
      const known = find(path, etag);
      if (known !== undefined) return known;
      const parsed: unknown = parseJson(bytes());
      if (etag === undefined) return parsed;
      const ofPath = versions.get(path) ?? new Map<string, unknown>();
      versions.set(path, ofPath.set(etag, parsed));
      const oldest = ofPath.keys().next();
      if (ofPath.size > versionsKept && oldest.done !== true) ofPath.delete(oldest.value);
      return parsed;
    },
  };
}

function dispatch(
  pool: Pool,
  request: FanRequest,
  headers: Readonly<Record<string, string>>,
  documents: DocumentCache,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let responseHeaders: Readonly<Record<string, string | string[] | undefined>> = {};
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => {},
      onResponseStart: (_controller, statusCode, received) => {
        status = statusCode;
        responseHeaders = received;
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () =>
        resolve(answerOf(request, { status, headers: responseHeaders, chunks }, documents)),
      onResponseError: (_controller, error) => {
        if (isOwnFault(error)) reject(error);
        else resolve({ status: 0, body: undefined, code: 'no-answer' });
      },
    };
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    pool.dispatch(
      {
        method: request.method,
        path: request.path,
        body,
        headers: {
          ...headers,
          ...(body === null ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
        },
      },
      handler,
    );
  });
}

// A request that could not even be written is a defect of the drill, not an answer of the platform.
function isOwnFault(error: Error): boolean {
  return 'code' in error && error.code === 'UND_ERR_INVALID_ARG';
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly chunks: readonly Buffer[];
}

function answerOf(request: FanRequest, raw: RawAnswer, documents: DocumentCache): Answer {
  const etag = textOf(raw.headers['etag']);
  const text = () => Buffer.concat(raw.chunks).toString('utf8');
  if (request.isShared === true && raw.status === 200)
    return { status: 200, body: documents.parse(request.path, etag, text), ...(etag && { etag }) };
  if (raw.status === 304)
    return { status: 304, body: documents.find(request.path, etag), ...(etag && { etag }) };
  const body = raw.chunks.length === 0 ? undefined : parseJson(text());
  if (raw.status < 400) return { status: raw.status, body };
  return { status: raw.status, body, ...refusalOf(raw, body) };
}

function refusalOf(raw: RawAnswer, body: unknown): { code: string; retryAfterMs?: number } {
  const problem = (body ?? {}) as { code?: unknown };
  const code = typeof problem.code === 'string' ? problem.code : `status-${raw.status}`;
  const seconds = Number(textOf(raw.headers['retry-after']));
  return Number.isFinite(seconds) && seconds > 0 ? { code, retryAfterMs: seconds * 1_000 } : { code };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
