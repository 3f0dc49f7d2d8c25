import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCollector } from './choose-collector.ts';

test('an OTLP endpoint is a base address, as OpenTelemetry has it', () => {
  for (const endpoint of [
    'http://collector:4318',
    'http://collector:4318/',
    'http://collector:4318/v1/traces',
  ])
    assert.equal(chooseCollector(endpoint, undefined).url, 'http://collector:4318/v1/traces');
  assert.equal(chooseCollector('https://host/prefix', undefined).url, 'https://host/prefix/v1/traces');
});

test('ZIPKIN_ENDPOINT is used only if what it names takes OTLP', () => {
  for (const endpoint of ['http://collector:4318', 'http://collector:9411/v1/traces']) {
    const choice = chooseCollector(undefined, endpoint);
    assert.match(String(choice.url), /^http:\/\/collector:\d+\/v1\/traces$/);
    assert.match(String(choice.explanation), /used as an OTLP endpoint/);
  }
});

test("an address of Zipkin's own format is explained and not sent to", () => {
  for (const endpoint of [
    'http://zipkin:9411/api/v2/spans',
    'http://zipkin:9411',
    'http://collector:4318/api/v2/spans',
  ]) {
    const choice = chooseCollector(undefined, endpoint);
    assert.equal(choice.url, undefined);
    assert.match(String(choice.explanation), /OTEL_EXPORTER_OTLP_ENDPOINT/);
  }
});

test('OTEL_EXPORTER_OTLP_ENDPOINT counts where both are set, and neither is no tracing', () => {
  const zipkin = 'http://zipkin:9411/api/v2/spans';
  assert.deepEqual(chooseCollector('http://collector:4318', zipkin), {
    url: 'http://collector:4318/v1/traces',
  });
  assert.deepEqual(chooseCollector(undefined, undefined), {});
});
