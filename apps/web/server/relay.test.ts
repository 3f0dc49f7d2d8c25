import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createRelay, isApiPath } from './relay.ts';

async function listen(
  context: TestContext,
  listener: RequestListener,
): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function relayTo(context: TestContext, gateway: RequestListener) {
  const { url } = await listen(context, gateway);
  return listen(context, createRelay({ gatewayUrl: url, frontendSecret: 'the secret of this test' }));
}

test('only the API and its documentation are relayed', () => {
  for (const url of ['/api/v1/events', '/api?x', '/docs', '/docs/problems']) assert.ok(isApiPath(url), url);
  for (const url of ['/', '/ko', '/apix', '/ko/api', '/documents']) assert.ok(!isApiPath(url), url);
});

test('method, body, headers and answer pass as they are, and the reader is named', async (context) => {
  let seen: IncomingMessage | undefined;
  const { url } = await relayTo(context, (incoming, answer) => {
    seen = incoming;
    answer.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' });
    incoming.pipe(answer);
  });
  const response = await fetch(`${url}/api/v1/things?x=%20`, {
    method: 'POST',
    body: '{"a":1}',
    headers: {
      'x-frontend-verified': 'forged',
      'x-forwarded-for': '203.0.113.7',
      te: 'trailers',
      cookie: 'c=1',
    },
  });
  assert.equal(response.status, 201);
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
  assert.equal(await response.text(), '{"a":1}');
  assert.equal(seen?.url, '/api/v1/things?x=%20');
  assert.equal(seen?.headers.host, new URL(url).host);
  assert.equal(seen?.headers.cookie, 'c=1');
  assert.equal(seen?.headers.te, undefined);
  assert.equal(seen?.headers['x-frontend-verified'], 'the secret of this test');
  assert.equal(seen?.headers['x-forwarded-for'], '203.0.113.7, 127.0.0.1');
});

test('an event stream arrives piece by piece, and ends behind us when the reader goes away', async (context) => {
  const ended = Promise.withResolvers<void>();
  const { url } = await relayTo(context, (incoming, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    incoming.socket.once('close', () => ended.resolve());
  });
  const reader = request(`${url}/api/v1/stream`).end();
  const [response] = (await once(reader, 'response')) as [IncomingMessage];
  const [chunk] = (await once(response, 'data')) as [Buffer];
  assert.equal(chunk.toString(), 'data: 1\n\n');
  reader.destroy();
  await ended.promise;
});

test('without a gateway the answer is a problem document, at once', async (context) => {
  const { url, server } = await listen(context, () => undefined);
  server.close();
  const { url: front } = await listen(context, createRelay({ gatewayUrl: url, frontendSecret: undefined }));
  const response = await fetch(`${front}/api/v1/events`);
  assert.deepEqual(
    [response.status, response.headers.get('content-type')],
    [503, 'application/problem+json; charset=utf-8'],
  );
  assert.equal(((await response.json()) as { code: string }).code, 'upstream-unavailable');
});
