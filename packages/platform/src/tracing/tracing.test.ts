import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { callRoute } from '@urr/contracts/call-route.ts';
import { startOtlpReceiver } from '@urr/testkit/otlp-receiver.ts';
import { startTwoServices, whichTrace } from './two-services.fixture.ts';

const server = 2;
const client = 3;
const failed = 2;
const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;

before(async () => {
  receiver = await startOtlpReceiver();
});
after(() => receiver.stop());

/** Runs against two services; they send all their spans when they stop. */
async function recorded(
  settings: Readonly<Record<string, string>>,
  work: (services: Awaited<ReturnType<typeof startTwoServices>>) => Promise<unknown>,
) {
  receiver.spans.length = 0;
  const services = await startTwoServices(settings);
  try {
    await work(services);
  } finally {
    await services.stop();
  }
  return [...receiver.spans];
}

const all = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, TRACING_SAMPLING_PROBABILITY: '1' });

test('a request through two services is one trace, and each span names its own service', async () => {
  let traceId = '';
  const spans = await recorded(all(), async ({ ask }) => ({ traceId } = await ask()));
  assert.equal(spans.length, 3);
  assert.deepEqual(new Set(spans.map((span) => span.traceId)), new Set([traceId]));
  const find = (service: string, kind: number) =>
    spans.find((span) => span.service === service && span.kind === kind);
  const asked = find('payment-service', server);
  const call = find('payment-service', client);
  const answered = find('ticket-service', server);
  assert.equal(asked?.parentSpanId, undefined);
  assert.equal(call?.parentSpanId, asked?.spanId);
  assert.equal(answered?.parentSpanId, call?.spanId);
  assert.equal(call?.name, 'POST ticket-service');
  assert.equal(answered?.name, 'POST /which-trace/:id');
  assert.equal(Number(answered?.attributes['http.response.status_code']), 200);
  assert.doesNotMatch(JSON.stringify(spans), /secret-id/, 'addresses of requests are not recorded');
});

test('a trace begun elsewhere goes on, with what others wrote into it', async () => {
  const headers = { traceparent: `${parent}-01`, tracestate: 'vendor=1' };
  const spans = await recorded(all(), async ({ ask, ticketUrl }) => {
    const heard = await ask(ticketUrl, headers);
    assert.equal(heard.tracestate, 'vendor=1');
    assert.match(
      heard.traceparent,
      /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/,
    );
  });
  assert.ok(spans.every((span) => span.traceId === '0af7651916cd43dd8448eb211c80319c'));
  assert.ok(spans.some((span) => span.parentSpanId === 'b7ad6b7169203331'));
});

test('the parent decides whether a trace is recorded', async () => {
  const headers = { traceparent: `${parent}-00` };
  assert.deepEqual(await recorded(all(), ({ ask, ticketUrl }) => ask(ticketUrl, headers)), []);
  const rare = { ...all(), TRACING_SAMPLING_PROBABILITY: '0.000001' };
  const sampled = { traceparent: `${parent}-01` };
  assert.equal((await recorded(rare, ({ ask, ticketUrl }) => ask(ticketUrl, sampled))).length, 3);
});

test('many requests at once never mix their traces', async () => {
  const spans = await recorded(all(), async ({ ask }) => {
    const heard = await Promise.all(Array.from({ length: 50 }, () => ask()));
    assert.equal(new Set(heard.map(({ traceId }) => traceId)).size, 50);
  });
  const traces = Map.groupBy(spans, (span) => span.traceId);
  assert.equal(traces.size, 50);
  for (const trace of traces.values()) assert.equal(trace.length, 3);
});

test('a defect marks its span as failed, a refusal does not', async () => {
  const spans = await recorded(all(), async ({ ticketUrl }) => {
    const ask = (body: object) =>
      callRoute(whichTrace, { params: { id: 'x' }, body }, { baseUrl: ticketUrl });
    assert.equal((await ask({ status: 500 })).ok, false);
    assert.equal((await ask({ status: 'x' })).ok, false);
  });
  const outcomes = spans.map((span) => [
    Number(span.attributes['http.response.status_code']),
    span.statusCode,
  ]);
  assert.deepEqual(
    outcomes
      .map(([status, code]) => [status, code === failed])
      .sort(([one], [other]) => Number(one) - Number(other)),
    [
      [422, false],
      [500, true],
    ],
  );
});

test('a call to anybody else carries nothing', async () => {
  await recorded(all(), async ({ ask, ticketUrl }) => {
    // Another name of the same address, which is nobody's *_SERVICE_URL.
    const heard = await ask(ticketUrl.replace('127.0.0.1', 'localhost'));
    assert.deepEqual([heard.traceparent, heard.tracestate], ['', '']);
  });
});

test('probability 0 records nothing, whatever a caller wishes, and still hands the trace on', async () => {
  const settings = { ...all(), TRACING_SAMPLING_PROBABILITY: '0' };
  const spans = await recorded(settings, async ({ ask, ticketUrl }) => {
    await ask();
    const heard = await ask(ticketUrl, { traceparent: `${parent}-01`, tracestate: 'vendor=1' });
    assert.equal(heard.traceparent, `${parent}-01`);
    assert.equal(heard.tracestate, 'vendor=1');
  });
  assert.deepEqual(spans, []);
});

test('without a collector a request still has a trace that its calls carry on', async () => {
  const spans = await recorded({}, async ({ ask }) => {
    const heard = await ask();
    assert.match(heard.traceId, /^[0-9a-f]{32}$/);
    assert.equal(heard.traceparent.split('-')[1], heard.traceId);
  });
  assert.deepEqual(spans, []);
});

test('a collector that is away costs requests nothing and stopping little', async () => {
  const settings = { ...all(), OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
  const services = await startTwoServices(settings);
  await services.ask();
  const startedAt = performance.now();
  await services.stop();
  assert.ok(performance.now() - startedAt < 4_000);
});

/** Which packages of the SDK a process has loaded that ran a request with these settings. */
async function loadedBy(settings: Readonly<Record<string, string>>): Promise<string[]> {
  const fixture = new URL('two-services.fixture.ts', import.meta.url).href;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve: (name, context, next) => {
      // prom-client imports the bare interfaces by itself.
      if (name.startsWith('@opentelemetry/') && name !== '@opentelemetry/api') loaded.push(name);
      return next(name, context);
    } });
    const { startTwoServices } = await import(${JSON.stringify(fixture)});
    const services = await startTwoServices(${JSON.stringify(settings)});
    await services.ask();
    await services.stop();
    console.log(JSON.stringify(loaded));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as string[];
}

test('the SDK is not even loaded unless a collector is set', async () => {
  assert.deepEqual(await loadedBy({}), []);
  assert.deepEqual(await loadedBy({ ...all(), TRACING_SAMPLING_PROBABILITY: '0' }), []);
  assert.ok((await loadedBy(all())).includes('@opentelemetry/sdk-trace'), 'and this would see it');
});
