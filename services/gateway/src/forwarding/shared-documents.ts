import type { IncomingHttpHeaders } from 'node:http';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { Upstream } from './upstreams.ts';

/** A whole answer that is the same for everybody. */
export interface SharedDocument {
  readonly path: string;
  readonly headers: readonly string[];
  readonly etag: string | undefined;
  readonly body: Buffer;
  /** By `performance.now()`. */
  readonly freshUntil: number;
}

/** Public documents kept for a moment, so that many readers cost a service one read a second. */
export interface SharedDocuments {
  /** True when the route last answered something that may be shared. */
  isShared(contract: RouteContract): boolean;
  /** Notes what the route just answered. */
  learn(contract: RouteContract, status: number, headers: IncomingHttpHeaders): void;
  /** The document, if it is fresh. */
  get(path: string): SharedDocument | undefined;
  /** Fetches it, once for all who ask meanwhile; `undefined` when it may not be shared. */
  fetch(upstream: Upstream, path: string): Promise<SharedDocument | undefined>;
}

const longestMs = 1_000;
const largestBytes = 512 * 1024;
const deadlineMs = 3_000;
const passed = [
  'content-type',
  'etag',
  'cache-control',
  'last-modified',
  'content-language',
  'content-disposition',
  'content-security-policy',
];

/** Creates an empty cache of at most `maxBytes`. */
export function createSharedDocuments(maxBytes = 32 * 1024 * 1024): SharedDocuments {
  const shared = new Set<RouteContract>();
  const cache = createCache(maxBytes);
  const flights = new Map<string, Promise<SharedDocument | undefined>>();
  return {
    isShared: (contract) => shared.has(contract),
    learn: (contract, status, headers) => {
      if (contract.method !== 'GET' || contract.access !== 'public' || status !== 200) return;
      if (lifetimeMs(headers) > 0) shared.add(contract);
      else shared.delete(contract);
    },
    get: cache.get,
    fetch: (upstream, path) => {
      const flight = flights.get(path);
      if (flight !== undefined) return flight;
      const started = fetchDocument(upstream, path)
        .then((document) => {
          if (document !== undefined) cache.set(document);
          return document;
        })
        .finally(() => flights.delete(path));
      flights.set(path, started);
      return started;
    },
  };
}

// Documents live a second at most, so the first kept is the first to go.
function createCache(maxBytes: number) {
  const documents = new Map<string, SharedDocument>();
  let bytes = 0;
  const drop = (document: SharedDocument) => {
    documents.delete(document.path);
    bytes -= document.body.length;
  };
  return {
    get: (path: string): SharedDocument | undefined => {
      const document = documents.get(path);
      return document !== undefined && document.freshUntil > performance.now() ? document : undefined;
    },
    set: (document: SharedDocument): void => {
      const old = documents.get(document.path);
      if (old !== undefined) drop(old);
      documents.set(document.path, document);
      bytes += document.body.length;
      for (const oldest of documents.values()) {
        if (bytes <= maxBytes && oldest.freshUntil > performance.now()) break;
        drop(oldest);
      }
    },
  };
}

async function fetchDocument(upstream: Upstream, path: string): Promise<SharedDocument | undefined> {
  const startedAt = performance.now();
  upstream.begin(false);
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const answer = await upstream.dispatcher(false).request({ method: 'GET', path, signal });
    upstream.report('success');
    const lifetime = answer.statusCode === 200 ? lifetimeMs(answer.headers) : 0;
    const isSmall = Number(answer.headers['content-length'] ?? 0) <= largestBytes;
    if (lifetime === 0 || !isSmall) {
      await answer.body.dump();
      return undefined;
    }
    const body = Buffer.from(await answer.body.arrayBuffer());
    const headers = passed.flatMap((name) => pairOf(name, answer.headers[name]));
    const { etag } = answer.headers;
    const freshUntil = startedAt + lifetime;
    return { path, headers, etag: typeof etag === 'string' ? etag : undefined, body, freshUntil };
  } catch {
    upstream.report('abandoned');
    return undefined;
  } finally {
    upstream.end(false);
  }
}

function pairOf(name: string, value: string | string[] | undefined): string[] {
  return typeof value === 'string' ? [name, value] : [];
}

// Only what its service calls public may reach another reader, and never a cookie.
function lifetimeMs(headers: IncomingHttpHeaders): number {
  const control = headers['cache-control'] ?? '';
  const isPublic = /\bpublic\b/.test(control) && !/\b(?:private|no-store|no-cache)\b/.test(control);
  const age = /\b(?:s-maxage|max-age)=(\d+)/.exec(control)?.[1];
  if (!isPublic || age === undefined || headers['set-cookie'] !== undefined || 'vary' in headers) return 0;
  return Math.min(longestMs, Number(age) * 1000);
}
