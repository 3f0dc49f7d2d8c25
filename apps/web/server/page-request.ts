import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers of everything that is shown here; a page's own policy, which lets its scripts run, replaces the first. */
const shownWith: readonly (readonly [string, string])[] = [
  [
    'content-security-policy',
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
];

/** Whether a request asks for a page in a way that pages know; otherwise it is answered here. */
export function takesPageRequest(request: IncomingMessage, response: ServerResponse): boolean {
  for (const [name, value] of shownWith) response.setHeader(name, value);
  if (!isMethodOfPages(request.method)) refuse(response, 405);
  else if (!isAddress(request.url)) refuse(response, 400);
  else return true;
  return false;
}

function isMethodOfPages(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

// Neither another site's address nor one that cannot be read.
function isAddress(url: string | undefined): boolean {
  if (url === undefined || !url.startsWith('/')) return false;
  try {
    decodeURI(url);
    return true;
  } catch {
    return false;
  }
}

function refuse(response: ServerResponse, status: 400 | 405): void {
  if (status === 405) response.setHeader('allow', 'GET, HEAD, POST');
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end();
}
