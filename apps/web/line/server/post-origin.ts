import type { IncomingHttpHeaders } from 'node:http';

/** Whether a form was sent by a page of ours: a foreign page can make a browser send one with its reader's cookies. */
export function isFromOwnPage(headers: IncomingHttpHeaders, publicOrigin: string): boolean {
  const { origin, host } = headers;
  if (typeof origin === 'string' && origin !== 'null')
    return origin === publicOrigin || (host !== undefined && hostOf(origin) === host.toLowerCase());
  // Browsers too old to name the origin of a form, or told not to, still say where the page was.
  return headers['sec-fetch-site'] === 'same-origin';
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol)
    ? new URL(origin).host
    : undefined;
}
