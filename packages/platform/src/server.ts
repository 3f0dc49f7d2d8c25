import { randomUUID } from 'node:crypto';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import {
  type FastifyInstance,
  fastify,
  LogController,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { answerClientError } from './client-error.ts';
import { isDraining } from './draining.ts';
import { problemAnswer, sendProblem } from './error-handler.ts';
import { type ReadinessCheck, readiness } from './health.ts';
import type { HotDocuments } from './hot-documents.ts';
import type { Logger } from './logger.ts';
import { createServiceMetrics, type ServiceMetrics } from './metrics.ts';
import { Problem } from './problem.ts';
import { createPassiveTracing } from './tracing/passive-tracing.ts';
import { traceRequests } from './tracing/trace-requests.ts';
import type { Tracing } from './tracing/tracing.ts';

/** What a service's HTTP server is made of. */
export interface ServerOptions {
  readonly name: string;
  readonly logger: Logger;
  readonly readiness: readonly ReadinessCheck[];
  /** Requests answered at once; one more is refused with `overloaded`. 2,000 when absent. */
  readonly maxInFlight?: number;
  /** Documents answered before routing. */
  readonly hotDocuments?: HotDocuments;
  /** Proxies in front, counted from us; 0 when absent. */
  readonly trustedProxies?: number;
  /** The address to route by, from the one given; it must answer in bounded time and never throw. */
  readonly rewriteUrl?: (given: string) => string;
  /** Longest time nothing may move on a connection; event streams beat every 15 s. Milliseconds, 90,000 when absent. */
  readonly silenceMs?: number;
  /** Traces of requests are handed on and logged, but not recorded, when absent. */
  readonly tracing?: Tracing | undefined;
}

/** A server with its metrics, ready for routes. */
export interface ServiceServer {
  readonly app: FastifyInstance;
  readonly metrics: ServiceMetrics;
}

const bodyLimit = 64 * 1024;
/** Longest time to receive a request. Milliseconds. */
const requestReceiptMs = 30_000;
// Longer than any proxy in front keeps its side, or it would write into a connection we just closed. Fastify's own
// options for both times do nothing for a server that it did not make.
const keepAliveMs = 75_000;

/** Creates a server that answers health, metrics and problems; routes come by `serve`. */
export function createServer(options: ServerOptions): ServiceServer {
  const metrics = createServiceMetrics(options.name);
  const app = fastify({
    loggerInstance: options.logger,
    // A logger per request costs as much as verifying a token, and hardly any request logs: those that do name themselves.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    trustProxy: (_address, hop) => hop < (options.trustedProxies ?? 0),
    genReqId: (request) => requestIdOf(request),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    ...rewriting(options.rewriteUrl),
    serverFactory: (handler) => createHotServer(handler, options),
    clientErrorHandler: (error, socket) => answerClientError(error, socket as Socket),
    frameworkErrors: (error, request, reply) => void sendProblem(reply, problemAnswer(error, request)),
  }) as unknown as FastifyInstance;
  traceRequests(app, options.tracing ?? createPassiveTracing());
  app.decorateRequest('account', undefined);
  takeJsonOnly(app);
  answerProblems(app);
  limitInFlight(app, options.maxInFlight ?? 2_000);
  closeSilentConnections(app);
  observe(app, metrics);
  answerHealth(app, options, metrics);
  return { app, metrics };
}

function rewriting(rewriteUrl: ServerOptions['rewriteUrl']) {
  if (rewriteUrl === undefined) return {};
  return { rewriteUrl: (request: { url?: string | undefined }) => rewriteUrl(request.url ?? '') };
}

function requestIdOf(request: IncomingMessage | { headers: Record<string, unknown> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

// Hot documents are whole answers; finding one costs a map look-up and skips everything else.
function createHotServer(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  { hotDocuments: documents, silenceMs = 90_000 }: ServerOptions,
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    // Who keeps connections to us takes the next one to somebody who stays.
    if (isDraining()) response.setHeader('connection', 'close');
    if (documents?.answer(request, response) !== true) handler(request, response);
  };
  const server = createHttpServer(
    { keepAliveTimeout: keepAliveMs, requestTimeout: requestReceiptMs },
    answer,
  );
  // Who asks and then takes nothing would hold an answer for ever.
  server.timeout = silenceMs;
  return server;
}

function takeJsonOnly(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
}

function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = problemAnswer(error, request);
    // Turned away under load: counted in the metrics; a record for each would let a flood fill the logs.
    if (answer.status >= 500 && answer.code !== 'overloaded')
      request.log.error({ err: error, code: answer.code, reqId: request.id }, 'request failed');
    return sendProblem(reply, answer);
  });
  const knownPaths: { readonly method: string; readonly pattern: RegExp }[] = [];
  app.addHook('onRoute', (route) => {
    const source = route.url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
    const pattern = new RegExp(`^${source}/?$`);
    for (const method of [route.method].flat()) knownPaths.push({ method, pattern });
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = knownPaths.filter((known) => known.pattern.test(path)).map((known) => known.method);
    if (allowed.length === 0) return refuse(reply, request, 'route-not-found');
    return refuse(reply.header('allow', [...new Set(allowed)].join(', ')), request, 'method-not-allowed');
  });
}

function refuse(reply: FastifyReply, request: FastifyRequest, code: ProblemCode): FastifyReply {
  return sendProblem(reply, problemAnswer(new Problem(code), request));
}

function limitInFlight(app: FastifyInstance, maxInFlight: number): void {
  let inFlight = 0;
  const release = () => void (inFlight -= 1);
  app.addHook('onRequest', (request, reply, done) => {
    if (isEndless(request)) return done();
    if (inFlight >= maxInFlight && !request.url.startsWith('/health')) {
      done(new Problem('overloaded', { retryAfter: 1 }));
      return;
    }
    inFlight += 1;
    // `close` comes after every answer and also when the caller goes away before it, where `onResponse` does not.
    reply.raw.once('close', release);
    done();
  });
}

// Browsers and pools connect ahead of need. Node counts such a connection as busy, so a closing server would wait for it.
function closeSilentConnections(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  app.server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', (request) => silent.delete(request.socket));
  app.addHook('preClose', (done) => {
    for (const socket of silent) socket.destroy();
    done();
  });
}

// Routes whose answer never ends bound their callers themselves.
function isEndless(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { readonly isEndless?: boolean }).isEndless === true;
}

function observe(app: FastifyInstance, metrics: ServiceMetrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest(
      request.method,
      request.routeOptions.url ?? 'none',
      reply.statusCode,
      reply.elapsedTime / 1000,
    );
    request.log.debug(
      { req: request, reqId: request.id, status: reply.statusCode, ms: reply.elapsedTime },
      'answered',
    );
    done();
  });
}

function answerHealth(app: FastifyInstance, options: ServerOptions, metrics: ServiceMetrics): void {
  app.get('/health', () => ({ status: 'ok', service: options.name }));
  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const state = await readiness(options.readiness);
    return reply.code(state.isReady && !isDraining() ? 200 : 503).send(state);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
