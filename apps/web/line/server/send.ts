import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { contentSecurityPolicy } from '../../src/design/security-policy.ts';
import type { LineScript } from './script-files.ts';

const compress = promisify(gzip);

/** A page to send. */
export interface PageAnswer {
  readonly status: number;
  readonly nonce: string;
  readonly text: string;
}

/** Bytes of a page as they go over the wire. */
export function compressPage(text: string): Promise<Buffer> {
  return compress(text, { level: 6 });
}

/** Sends a page with the headers every page has. */
export async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: PageAnswer,
): Promise<void> {
  const isCompressed = takesGzip(request);
  const body = isCompressed ? await compressPage(page.text) : Buffer.from(page.text);
  response.writeHead(page.status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    // Without `no-store`: a reader who comes back by the back button finds the page as it was left, and it looks anew.
    'cache-control': 'private, no-cache',
    vary: 'accept-encoding, cookie',
    'content-security-policy': contentSecurityPolicy(page.nonce),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(self)',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Sends a reader on to another page of ours. */
export function redirect(response: ServerResponse, location: string, cookies: readonly string[] = []): void {
  response.writeHead(303, {
    location,
    'cache-control': 'no-store',
    ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
  });
  response.end();
}

/** Sends a file of the script; its address names its content, so it is kept for ever. */
export function sendScript(
  request: IncomingMessage,
  response: ServerResponse,
  found: ReturnType<LineScript['find']>,
): void {
  if (found === undefined) {
    response.writeHead(404, { 'cache-control': 'no-store' }).end();
    return;
  }
  const isCompressed = takesGzip(request);
  const body = isCompressed ? found.file.compressed : found.file.plain;
  response.writeHead(200, {
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': body.length,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    'cache-control': found.isCurrent ? 'public, max-age=31536000, immutable' : 'no-store',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function takesGzip(request: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(String(request.headers['accept-encoding'] ?? ''));
}
