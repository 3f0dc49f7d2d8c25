import { publicRoutes } from '@urr/contracts/routes.ts';
import type { WorkloadName } from '@urr/contracts/topology.ts';
import { createIdentityCheck } from '@urr/platform/identity.ts';
import { createLogger, type Logger } from '@urr/platform/logger.ts';
import { Gauge, type Registry } from '@urr/platform/metrics.ts';
import { openConfiguredRedis } from '@urr/platform/redis/configured-redis.ts';
import { createServer } from '@urr/platform/server.ts';
import type { Service, SharedParts } from '@urr/platform/service.ts';
import type { FastifyInstance } from 'fastify';
import { createBrowserRules } from './browser/browser-rules.ts';
import { createClientAddress } from './callers/client-address.ts';
import { createEntryCheck } from './callers/entry-check.ts';
import { type GatewayConfig, originOf } from './config.ts';
import type { Deps } from './deps.ts';
import { serveDocs } from './docs/serve-docs.ts';
import { createOpenStreams } from './forwarding/open-streams.ts';
import { createSharedDocuments } from './forwarding/shared-documents.ts';
import { createUpstreams, type Upstreams } from './forwarding/upstreams.ts';
import { openRateLimits, watchRateLimits } from './limits/open-rate-limits.ts';
import { RateLimited, type RateLimits } from './limits/rate-limits.ts';
import { canonicalPath } from './paths/canonical-path.ts';
import { ambiguousAddress, offerRoute, refuseAmbiguous, takeAnyBody } from './routes.ts';

/** Composes gateway-service from its settings. */
export async function createGateway(
  config: GatewayConfig,
  shared: Pick<SharedParts, 'tracing'> = {},
): Promise<Service> {
  const logger = createLogger('gateway-service', config.LOG_LEVEL);
  const redis = await openConfiguredRedis(config, logger);
  const limits = await openRateLimits(config, logger, redis);
  const deps = createDeps(config, logger, limits);
  const { app, metrics } = createServer({
    name: 'gateway-service',
    logger: deps.logger,
    // A gateway that hid itself while a service is away would take every other service along.
    readiness: [],
    maxInFlight: config.UPSTREAM_MAX_IN_FLIGHT * 2 + config.MAX_STREAMS,
    trustedProxies: config.TRUSTED_PROXIES,
    tracing: shared.tracing,
    rewriteUrl: (given) => {
      const canonical = canonicalPath(given);
      return canonical.kind === 'canonical' ? canonical.path : ambiguousAddress;
    },
  });
  takeAnyBody(app);
  answerBrowsers(app, deps);
  await serveDocs(app);
  refuseAmbiguous(app);
  for (const contract of publicRoutes) offerRoute(app, deps, contract);
  app.addHook('preClose', (done) => {
    deps.streams.endAll();
    done();
  });
  watchUpstreams(metrics.registry, deps.upstreams);
  watchRateLimits(metrics.registry, limits);
  return {
    app,
    port: config.PORT,
    host: config.HOST,
    start: () => Promise.resolve(),
    stop: async () => {
      await Promise.all([deps.upstreams.close(), redis?.close()]);
    },
  };
}

function createDeps(config: GatewayConfig, logger: Logger, limits: RateLimits): Deps {
  const names = [...new Set<WorkloadName>(publicRoutes.map((route) => route.service))];
  return {
    config,
    logger,
    identify: createIdentityCheck(config.JWT_SECRET),
    checkEntry: createEntryCheck(config.QUEUE_ENTRY_TOKEN_SECRET, config.CLOUDFRONT_SECRET),
    clientAddress: createClientAddress(config.TRUSTED_PROXIES, config.FRONTEND_SECRET),
    browser: createBrowserRules(config.CORS_ALLOWED_ORIGINS),
    documents: createSharedDocuments(),
    streams: createOpenStreams(),
    limits,
    upstreams: createUpstreams(new Map(names.map((name) => [name, originOf(config, name)])), {
      connections: config.UPSTREAM_CONNECTIONS,
      maxInFlight: config.UPSTREAM_MAX_IN_FLIGHT,
      maxStreams: config.MAX_STREAMS,
    }),
  };
}

// Answers that come from here instead of a service: refusals, preflights, documentation.
function answerBrowsers(app: FastifyInstance, deps: Deps): void {
  app.addHook('onRequest', (request, reply, done) => {
    const preflight = deps.browser.preflight(request.method, request.headers);
    if (preflight === undefined) return done();
    reply.hijack();
    reply.raw.writeHead(204, [...preflight]).end();
  });
  app.addHook('onError', (_request, reply, error, done) => {
    if (error instanceof RateLimited) setAll(reply, error.headers);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    setAll(reply, [...deps.browser.headersFor(request.headers.origin), 'x-request-id', request.id]);
    done(null, payload);
  });
}

function setAll(reply: { header(name: string, value: string): unknown }, pairs: readonly string[]): void {
  for (let index = 0; index + 1 < pairs.length; index += 2)
    reply.header(pairs[index] ?? '', pairs[index + 1] ?? '');
}

function watchUpstreams(registry: Registry, upstreams: Upstreams): void {
  const gauge = new Gauge({
    name: 'gateway_upstream',
    help: 'Calls and streams under way, and 1 while the circuit is not closed',
    labelNames: ['upstream', 'figure'],
    registers: [registry],
    collect() {
      for (const upstream of upstreams.all()) {
        const { circuit, inFlight, streams } = upstream.state();
        gauge.set({ upstream: upstream.name, figure: 'in_flight' }, inFlight);
        gauge.set({ upstream: upstream.name, figure: 'streams' }, streams);
        gauge.set({ upstream: upstream.name, figure: 'circuit_open' }, circuit === 'closed' ? 0 : 1);
      }
    },
  });
}
