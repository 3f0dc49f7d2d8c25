import type { IncomingMessage, ServerResponse } from 'node:http';

/** A whole answer, kept as bytes. */
export interface HotDocument {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
  /** Seconds a shared cache may keep it. */
  readonly maxAgeSeconds: number;
}

/** Answers that are the same for everybody, found by URL before any routing. */
export interface HotDocuments {
  set(url: string, document: HotDocument): void;
  remove(url: string): void;
  get(url: string): HotDocument | undefined;
  /** Answers a GET for a known URL; false when the request must go the usual way. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

interface Prepared {
  readonly document: HotDocument;
  readonly headers: Readonly<Record<string, string>>;
  readonly notModified: Readonly<Record<string, string>>;
}

/** Creates an empty set of hot documents. */
export function createHotDocuments(): HotDocuments {
  const prepared = new Map<string, Prepared>();
  return {
    set: (url, document) => void prepared.set(url, prepare(document)),
    remove: (url) => void prepared.delete(url),
    get: (url) => prepared.get(url)?.document,
    answer: (request, response) => {
      const hit = request.method === 'GET' ? prepared.get(request.url ?? '') : undefined;
      if (hit === undefined) return false;
      if (request.headers['if-none-match'] === hit.document.etag) {
        response.writeHead(304, hit.notModified);
        response.end();
      } else {
        response.writeHead(200, hit.headers);
        response.end(hit.document.body);
      }
      return true;
    },
  };
}

function prepare(document: HotDocument): Prepared {
  const notModified = { etag: document.etag, 'cache-control': `public, max-age=${document.maxAgeSeconds}` };
  const headers = {
    ...notModified,
    'content-type': document.contentType,
    'content-length': String(document.body.length),
  };
  return { document, headers, notModified };
}
