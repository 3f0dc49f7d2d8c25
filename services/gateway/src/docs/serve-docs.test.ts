import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import { type ProblemCode, problemTable } from '@urr/contracts/problem-table.ts';
import { publicRoutes } from '@urr/contracts/routes.ts';
import { startGateway, startUpstream } from '../gateway.fixture.ts';

const upstream = await startUpstream();
const gateway = await startGateway(upstream.origin);

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
}

test('the OpenAPI document names every public route once and no internal one', async () => {
  const answer = await gateway.send('GET', '/docs/openapi.json');
  const document = JSON.parse(answer.body) as Document;
  assert.equal(document.openapi, '3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.deepEqual(
    operations.map((operation) => operation.operationId).toSorted(),
    publicRoutes.map((route) => route.name).toSorted(),
  );
  assert.equal(answer.body.includes('/internal/'), false);
});

test('the page of the documentation loads everything from here', async () => {
  const page = await gateway.send('GET', '/docs');
  assert.equal(page.status, 200);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(addresses.length > 3);
  for (const address of addresses) {
    assert.ok(address.startsWith('/docs/') || address.startsWith('./'), address);
    const path = address.startsWith('./') ? `/docs/${address.slice(2)}` : address;
    assert.equal((await gateway.send('GET', path)).status, 200, path);
  }
});

test('the type of every problem leads to its entry, in both languages', async () => {
  const codes = Object.keys(problemTable) as ProblemCode[];
  const [path = ''] = problemDocument('internal-error').type.split('#');
  const page = await gateway.send('GET', path);
  assert.equal(page.status, 200);
  assert.match(String(page.headers['content-type']), /^text\/html/);
  for (const code of codes) {
    assert.equal(problemDocument(code).type, `${path}#${code}`);
    const entry = page.body.split(`<section id="${code}">`);
    assert.equal(entry.length, 2, code);
    assert.match(entry[1] ?? '', /^<h2>.*\n<p lang="ko"><b>.+<\/p>\n<p lang="en"><b>.+<\/p>/, code);
  }
  assert.doesNotMatch(page.body, /(?:src|href)="(?![#/])/);
});

test('the root leads to the documentation', async () => {
  const answer = await gateway.send('GET', '/');
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.location, '/docs');
});

test('health, readiness and metrics answer', async () => {
  assert.equal((await gateway.send('GET', '/health')).status, 200);
  assert.equal((await gateway.send('GET', '/health/ready')).status, 200);
  await gateway.send('GET', '/api/v1/events');
  const metrics = (await gateway.send('GET', '/metrics')).body;
  assert.match(metrics, /http_request_duration_seconds_count\{.*route="\/api\/v1\/events"/);
  assert.match(metrics, /gateway_upstream\{upstream="auth-service",figure="circuit_open"/);
});
