import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import { hostService } from '@urr/platform/host-service.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { createServer } from '@urr/platform/server.ts';
import type { ServiceDefinition } from '@urr/platform/service.ts';
import { startOtlpReceiver } from '@urr/testkit/otlp-receiver.ts';
import { gatewayEnvironment } from '../gateway.fixture.ts';
import { gatewayService } from '../service.ts';

const catalog: ServiceDefinition = {
  name: 'catalog-service',
  create: async (_environment, { tracing }) => {
    const { app } = createServer({
      name: 'catalog-service',
      logger: createLogger('catalog-service', 'silent'),
      readiness: [],
      tracing,
    });
    app.get('/api/v1/events', (request) => request.headers);
    return { app, port: 0, host: '127.0.0.1', start: async () => {}, stop: async () => {} };
  },
};

async function startBoth(settings: Readonly<Record<string, string>>) {
  const bus = createInProcessBus();
  const environment = { LOG_LEVEL: 'silent', ...settings };
  const behind = await hostService({ definition: catalog, environment }, bus);
  const origin = await behind.app.listen({ port: 0, host: '127.0.0.1' });
  const front = await hostService(
    { definition: gatewayService, environment: { ...gatewayEnvironment(origin), ...environment } },
    bus,
  );
  const url = await front.app.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    for (const service of [front, behind]) {
      await service.app.close();
      await service.stop();
    }
  };
  const ask = async (headers: Record<string, string> = {}) =>
    (await (await fetch(`${url}/api/v1/events`, { headers })).json()) as Record<string, string>;
  return { ask, stop };
}

test('a request through the gateway is one trace with the service behind it', async (context) => {
  const receiver = await startOtlpReceiver();
  context.after(() => receiver.stop());
  const { ask, stop } = await startBoth({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    TRACING_SAMPLING_PROBABILITY: '1',
  });
  await ask();
  await stop();
  const traceIds = new Set(receiver.spans.map((span) => span.traceId));
  assert.equal(traceIds.size, 1);
  const path = receiver.spans.map((span) => `${span.service} ${span.name}`).sort();
  assert.deepEqual(path, [
    'catalog-service GET /api/v1/events',
    'gateway-service GET /api/v1/events',
    'gateway-service GET catalog-service',
  ]);
  const call = receiver.spans.find((span) => span.name === 'GET catalog-service');
  const answered = receiver.spans.find((span) => span.service === 'catalog-service');
  assert.equal(answered?.parentSpanId, call?.spanId);
});

test("a stranger's trace id is kept, the wish to be recorded is not", async (context) => {
  const receiver = await startOtlpReceiver();
  context.after(() => receiver.stop());
  const { ask, stop } = await startBoth({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    TRACING_SAMPLING_PROBABILITY: '0.000001',
  });
  // An id that samplers which go by the trace id would always pick.
  const traceId = 'ffffffffffffffffffffffffffffffff';
  const heard = await ask({ traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'vendor=1' });
  await stop();
  assert.match(String(heard['traceparent']), new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  assert.equal(heard['tracestate'], 'vendor=1');
  assert.deepEqual(receiver.spans, []);
});
