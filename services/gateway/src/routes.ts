import type { ServerResponse } from 'node:http';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { TraceContext } from '@urr/platform/tracing/trace-context.ts';
import { activeStep } from '@urr/platform/tracing/tracing.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import { type AuthorizedRequest, authorizeRequest } from './authorize-request.ts';
import type { Deps } from './deps.ts';
import { Relay } from './forwarding/relay.ts';
import { forwardedHeaders } from './forwarding/request-headers.ts';
import type { SharedDocument } from './forwarding/shared-documents.ts';

/** Bodies are passed on as they came: services read and check them. */
export function takeAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** Offers one public route and forwards it to its service. */
export function offerRoute(app: FastifyInstance, deps: Deps, contract: RouteContract): void {
  const authorizedRequests = new WeakMap<FastifyRequest, AuthorizedRequest>();
  app.route({
    method: contract.method,
    url: contract.path,
    // The upstream's own bound counts event streams.
    config: { isEndless: isStream(contract) },
    exposeHeadRoute: !isStream(contract),
    ...(contract.bodyLimit === undefined ? {} : { bodyLimit: contract.bodyLimit }),
    onRequest: (request, _reply, done) => {
      const goOn = (authorized: AuthorizedRequest) => {
        authorizedRequests.set(request, authorized);
        done();
      };
      try {
        const authorized = authorizeRequest(deps, contract, request);
        if (authorized instanceof Promise) authorized.then(goOn, done);
        else goOn(authorized);
      } catch (error) {
        done(error as Error);
      }
    },
    handler: (request, reply) => {
      const authorized = authorizedRequests.get(request);
      if (authorized === undefined) throw new Error('a request was handled without authorization');
      if (request.method === 'GET' && isOneOfMany(authorized) && deps.documents.isShared(contract))
        void answerShared(deps, contract, authorized, request, reply);
      else forward(deps, contract, authorized, request, reply);
    },
  });
}

// What is the same for everybody may still say more to an organiser about their own.
function isOneOfMany({ caller }: AuthorizedRequest): boolean {
  return caller.account === undefined || caller.account.role === 'fan';
}

// An answer that says nothing about caching is for its caller alone.
const uncached = ['Cache-Control', 'private, no-cache'];

function forward(
  deps: Deps,
  contract: RouteContract,
  authorized: AuthorizedRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const remainingMs = deadlineMs(deps, contract) - Math.round(performance.now() - authorized.arrivedAt);
  const extra = answerHeaders(deps, authorized, request);
  const call = activeStep()?.beginCall({ method: request.method, service: contract.service });
  reply.raw.once('close', () => call?.end({ fault: 'no answer' }));
  try {
    new Relay({
      upstream: deps.upstreams.of(contract.service),
      method: request.method as Dispatcher.HttpMethod,
      path: request.url,
      headers: headersFor(deps, contract, authorized, request, call?.context),
      body: Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : null,
      response: reply.raw,
      isStream: isStream(contract),
      remainingMs,
      onStart: (status, headers) => {
        call?.end({ status });
        if (isOneOfMany(authorized)) deps.documents.learn(contract, status, headers);
        if (isStream(contract)) deps.streams.add(reply.raw);
        reply.hijack();
        return headers['cache-control'] === undefined ? [...extra, ...uncached] : extra;
      },
      onFailure: (problem) => void reply.send(problem),
    }).start();
  } catch (error) {
    void reply.send(error);
  }
}

function headersFor(
  deps: Deps,
  contract: RouteContract,
  authorized: AuthorizedRequest,
  request: FastifyRequest,
  trace: TraceContext | undefined,
): string[] {
  return forwardedHeaders(request.headers, {
    service: contract.service,
    token: authorized.caller.token,
    requestId: request.id,
    address: deps.clientAddress(request),
    protocol: request.protocol,
    host: request.headers.host ?? '',
    trace,
  });
}

async function answerShared(
  deps: Deps,
  contract: RouteContract,
  authorized: AuthorizedRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  try {
    const path = request.url;
    const document =
      deps.documents.get(path) ?? (await deps.documents.fetch(deps.upstreams.of(contract.service), path));
    if (document === undefined) return forward(deps, contract, authorized, request, reply);
    reply.hijack();
    send(reply.raw, document, request.headers['if-none-match'], answerHeaders(deps, authorized, request));
  } catch (error) {
    void reply.send(error);
  }
}

function send(
  response: ServerResponse,
  document: SharedDocument,
  known: string | undefined,
  extra: readonly string[],
): void {
  if (known !== undefined && known === document.etag) {
    response.writeHead(304, [...document.headers, ...extra]).end();
    return;
  }
  const length = ['content-length', String(document.body.length)];
  response.writeHead(200, [...document.headers, ...length, ...extra]).end(document.body);
}

function answerHeaders(
  deps: Deps,
  authorized: AuthorizedRequest,
  request: FastifyRequest,
): readonly string[] {
  const browser = deps.browser.headersFor(request.headers.origin);
  return [...authorized.limitHeaders, ...browser, 'X-Request-Id', request.id];
}

function isStream(contract: RouteContract): boolean {
  return contract.success.contentType === 'text/event-stream';
}

// Providers take their time with money, and a hall is a large file.
function deadlineMs(deps: Deps, contract: RouteContract): number {
  const isLong =
    contract.bodyLimit !== undefined || (contract.service === 'payment-service' && contract.method !== 'GET');
  return isLong ? deps.config.LONG_REQUEST_DEADLINE_MS : deps.config.REQUEST_DEADLINE_MS;
}

/** Where addresses go that could mean two things. No client can mean this one: it is refused all the same. */
export const ambiguousAddress = '/ambiguous';

/** Refuses every request with an ambiguous address. */
export function refuseAmbiguous(app: FastifyInstance): void {
  app.all(ambiguousAddress, () => {
    throw new Problem('malformed-request');
  });
}
