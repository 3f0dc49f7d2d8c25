import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { isTheme, themeCookie } from '../../src/design/theme.ts';
import { newNonce } from '../../src/design/security-policy.ts';
import type { Locale } from '../../src/i18n/routing.ts';
import { signedInCookie } from '../../src/api/session.ts';
import { messagesOf } from '../../src/messages/messages.ts';
import { wayOf } from '../../server/relay.ts';
import { isInLine, type Sight } from '../page/standing.ts';
import { createGateway, type Gateway, type Reader } from './gateway.ts';
import { type Frame, lineDocument, plainDocument } from './line-document.ts';
import { logInPath } from './line-parts.ts';
import { createLineReads, type LineRead, type LineReads, type OwnPlace } from './line-reads.ts';
import { styleMarkup } from './markup.ts';
import { isFromOwnPage } from './post-origin.ts';
import { readCookies, readForm } from './read-request.ts';
import { refusedText } from './refused-text.ts';
import { type LineScript, readLineScript } from './script-files.ts';
import { redirect, sendPage, sendScript } from './send.ts';
import { actionOf, takeAction } from './take-action.ts';

/** Settings of the line page. */
export interface LinePagesOptions {
  readonly gatewayUrl: string;
  readonly frontendSecret: string | undefined;
  readonly publicOrigin: string;
}

interface Deps {
  readonly gateway: Gateway;
  readonly reads: LineReads;
  readonly script: LineScript;
  readonly publicOrigin: string;
}

/** One request for a line page, read. */
interface Asked {
  readonly locale: Locale;
  readonly slug: string;
  readonly query: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
  readonly reader: Reader;
}

type Found = Extract<LineRead, { kind: 'found' }>;

const retrySeconds = 5;
const linePath = /^\/(ko|en)\/events\/([a-z0-9-]{1,80})\/line\/?(?:\?|$)/;
/** Every style of the page: the tokens of all pages, and its own. */
export const pageStyle = styleMarkup(
  ['../../src/design/tokens.css', 'base.css', 'line.css']
    .map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8'))
    .join('\n'),
);

/**
 * Serves the line page and its script. A request that is for neither is left alone: then the answer is false. The page
 * does without a framework: it is what everybody loads in the minute a sale opens.
 */
export function createLinePages({ publicOrigin, ...options }: LinePagesOptions) {
  const gateway = createGateway(options);
  const deps: Deps = { gateway, reads: createLineReads(gateway), script: readLineScript(), publicOrigin };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const url = request.url ?? '/';
    if (url.startsWith('/line-assets/')) {
      sendScript(request, response, deps.script.find(url.split('?')[0] ?? ''));
      return true;
    }
    const asked = askedOf(request, url);
    if (asked === undefined) return false;
    answer(deps, asked, request, response).catch(() => response.destroy());
    return true;
  };
}

function askedOf(request: IncomingMessage, url: string): Asked | undefined {
  const [, locale, slug = ''] = linePath.exec(url) ?? [];
  if (locale !== 'ko' && locale !== 'en') return undefined;
  const cookies = readCookies(request.headers.cookie);
  const reader: Reader = { locale, way: wayOf(request), accessToken: cookies.get('access_token') };
  const at = url.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  return { locale, slug, query, cookies, reader };
}

async function answer(
  deps: Deps,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method } = request;
  if (method === 'POST') return act(deps, asked, request, response);
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();
    return;
  }
  const line = await deps.reads.line(asked.slug, asked.reader);
  const frame = frameOf(asked);
  if (line.kind !== 'found') return sendMissing(frame, line.kind, request, response);
  const place = line.state === 'no-sale' ? null : await deps.reads.place(line.event.eventId, asked.reader);
  await sendPage(request, response, {
    status: 200,
    nonce: frame.nonce,
    text: pageOf(deps, asked, frame, line, place),
  });
}

function pageOf({ script }: Deps, asked: Asked, frame: Frame, line: Found, place: OwnPlace): string {
  const sight = sightOf(asked, line, place);
  const isJoining = asked.query.get('join') === '1';
  const { state } = sight;
  const isPassing =
    isJoining && sight.session !== 'signed-out' && state?.phase === 'open' && state.issued <= state.serving;
  const isOutside = sight.place === null || !isInLine(sight.place);
  return lineDocument(frame, {
    event: line.event,
    sight,
    nowMs: Date.now(),
    isJoining,
    isPassing: isPassing && (isOutside || sight.place?.state !== 'waiting'),
    refused: refusedText(asked.query.get('refused'), asked.locale),
    script: { entry: script.entry(asked.locale), modules: script.modules },
  });
}

function sightOf({ cookies }: Asked, { state, readAtMs }: Found, place: OwnPlace): Sight {
  // Only the browser can renew a session, so only it can tell whether one that has run out is over.
  const absent = cookies.has(signedInCookie) ? 'unknown' : 'signed-out';
  const seen = place === 'unauthenticated' ? null : place;
  return {
    session: place === 'unauthenticated' ? absent : seen === null ? 'unknown' : 'signed-in',
    hasSale: state !== 'no-sale',
    state: state === 'no-sale' ? null : state,
    place: seen,
    lookedAtMs: state === null ? null : readAtMs,
  };
}

async function sendMissing(
  frame: Frame,
  kind: 'missing' | 'unreachable',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { nonce, texts } = frame;
  if (kind === 'missing')
    return sendPage(request, response, { status: 404, nonce, text: plainDocument(frame, texts.missing) });
  response.setHeader('retry-after', String(retrySeconds));
  const text = plainDocument(frame, { ...texts.unreachable, retrySeconds });
  return sendPage(request, response, { status: 503, nonce, text });
}

async function act(
  deps: Deps,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const eventPath = `/${asked.locale}/events/${asked.slug}`;
  if (!isFromOwnPage(request.headers, deps.publicOrigin)) {
    request.resume();
    return redirect(response, `${eventPath}/line?refused=foreign`);
  }
  const form = await readForm(request);
  const action = form === undefined ? undefined : actionOf(form);
  const line = await deps.reads.line(asked.slug, asked.reader);
  if (action === undefined || line.kind !== 'found') return redirect(response, `${eventPath}/line`);
  if (asked.reader.accessToken === undefined) return redirect(response, logInPath(eventPath));
  const end = await takeAction(deps.gateway, action, line.event.eventId, asked.reader);
  if (end.to === 'seats') return redirect(response, `${eventPath}/seats`, end.cookies);
  if (end.to === 'login') return redirect(response, logInPath(eventPath));
  return redirect(response, `${eventPath}/line${end.refused === undefined ? '' : `?refused=${end.refused}`}`);
}

function frameOf({ locale, cookies }: Asked): Frame {
  const theme = cookies.get(themeCookie);
  const texts = messagesOf(locale).line.page;
  return { locale, texts, theme: isTheme(theme) ? theme : undefined, nonce: newNonce(), style: pageStyle };
}
