import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { readSeatLayout, readSeatStatus, streamSeatStatus } from '@urr/contracts/ticket-reads.ts';
import type { HotDocuments } from '@urr/platform/hot-documents.ts';
import { Gauge, type Registry } from '@urr/platform/metrics.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type RouteInput, serve } from '@urr/platform/serve.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { layoutDocument, layoutEncoding } from './layout-document.ts';
import { StatusFeeds } from './status-feeds.ts';

type LayoutDeps = Pick<Deps, 'live' | 'logger' | 'serve'> & {
  readonly config: Pick<Deps['config'], 'STATUS_INTERVAL_MS' | 'STREAM_CLIENT_LIMIT'>;
};

interface ServerParts {
  readonly hotDocuments: HotDocuments;
  readonly registry: Registry;
}

const immutable = 'public, max-age=31536000, immutable';
const shortLived = 'public, max-age=10';

/** Registers what shows seats: layout, status and stream. The feeds want to be started. */
export function serveLayouts(deps: LayoutDeps, { hotDocuments, registry }: ServerParts): StatusFeeds {
  const feeds = new StatusFeeds({
    live: deps.live,
    logger: deps.logger,
    hotDocuments,
    urlOf: (eventId) => readSeatStatus.path.replace(':eventId', eventId),
    intervalMs: deps.config.STATUS_INTERVAL_MS,
    clientLimit: deps.config.STREAM_CLIENT_LIMIT,
  });
  serve<RouteContract>(deps.serve, readSeatLayout, (input) => sendLayout(deps, input as LayoutInput));
  serve<RouteContract>(deps.serve, readSeatStatus, (input) => sendStatus(feeds, input as StatusInput));
  serve<RouteContract>(deps.serve, streamSeatStatus, (input) => openStream(feeds, input as StreamInput));
  // Streams never end by themselves: the server would wait for them.
  deps.serve.app.addHook('preClose', async () => feeds.stop());
  new Gauge({
    name: 'seat_stream_clients',
    help: 'Open streams of seat changes',
    registers: [registry],
    collect() {
      this.set(feeds.clientCount);
    },
  });
  return feeds;
}

type LayoutInput = RouteInput<typeof readSeatLayout>;
type StatusInput = RouteInput<typeof readSeatStatus>;
type StreamInput = RouteInput<typeof streamSeatStatus>;

async function sendLayout(deps: LayoutDeps, { params, query, request, reply }: LayoutInput) {
  const live = await deps.live.open(params.eventId);
  if (live === undefined) throw new Problem('event-not-found');
  if (live.sale.layout === undefined) throw new Problem('event-without-seats');
  const { version, bytes } = await layoutDocument(live.sale.layout);
  const encoding = layoutEncoding(request.headers['accept-encoding']?.toString());
  return bytesOr304(request, reply, bytes[encoding], {
    etag: encoding === 'identity' ? `"${version}"` : `"${version}-${encoding}"`,
    'cache-control': query.v === version ? immutable : shortLived,
    vary: 'accept-encoding',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  });
}

async function sendStatus(feeds: StatusFeeds, { params, request, reply }: StatusInput) {
  const document = await feeds.poll(params.eventId);
  if (document === undefined) throw new Problem('event-not-found');
  const cacheControl = `public, max-age=${document.maxAgeSeconds}`;
  return bytesOr304(request, reply, document.body, { etag: document.etag, 'cache-control': cacheControl });
}

type Headers = Readonly<Record<string, string>> & { readonly etag: string };

function bytesOr304(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
  { 'content-encoding': encoding, ...headers }: Headers,
): FastifyReply | Buffer {
  if (request.headers['if-none-match'] === headers.etag) {
    reply.hijack();
    reply.raw.writeHead(304, headers).end();
    return reply;
  }
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  reply.headers(headers).type('application/json; charset=utf-8');
  return body;
}

async function openStream(feeds: StatusFeeds, { params, query, request, reply }: StreamInput) {
  const feed = await feeds.open(params.eventId);
  if (feed === undefined) throw new Problem('event-not-found');
  feeds.requireRoom();
  reply.hijack();
  // A browser repeats the address it began with, so what it has seen since counts more.
  const seen = request.headers['last-event-id'];
  feeds.connect(feed, reply.raw, typeof seen === 'string' && seen !== '' ? seen : query.after);
  return reply;
}
