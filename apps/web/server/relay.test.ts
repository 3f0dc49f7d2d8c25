import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
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

/** What a relay writes to the gateway for one raw request, and what it answers; the gateway answers 200 to each. */
async function onTheWire(context: TestContext, raw: string): Promise<{ sent: string; answered: string }> {
  let sent = '';
  const gateway = createTcpServer((socket) => {
    socket.on('data', (chunk) => {
      sent += chunk.toString('latin1');
      if (!socket.writableEnded) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
    socket.on('error', () => undefined);
    context.after(() => socket.destroy());
  });
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
  context.after(() => gateway.close());
  const gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const { url } = await listen(context, createRelay({ gatewayUrl, frontendSecret: undefined }));
  const reader = connect(Number(new URL(url).port), '127.0.0.1');
  context.after(() => reader.destroy());
  reader.write(raw);
  const [answered] = (await once(reader, 'data')) as [Buffer];
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { sent, answered: answered.toString('latin1') };
}

const smuggled = 'POST /api/v1/auth/logout HTTP/1.1\r\nhost: x\r\n\r\n';

for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS']) {
  for (const framing of ['transfer-encoding: chunked', `content-length: ${smuggled.length}`]) {
    test(`a body after ${method} never reaches the gateway (${framing.split(':')[0]})`, async (context) => {
      const body = framing.startsWith('t')
        ? `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`
        : smuggled;
      const raw = `${method} /api/v1/events HTTP/1.1\r\nhost: x\r\n${framing}\r\n\r\n${body}`;
      const { sent, answered } = await onTheWire(context, raw);
      assert.match(answered, /^HTTP\/1\.1 400 /);
      assert.doesNotMatch(sent, /logout/);
    });
  }
}

test('a body without a length goes on in chunks, and one with a length keeps it', async (context) => {
  const head = 'POST /api/v1/events HTTP/1.1\r\nhost: x\r\n';
  const chunked = await onTheWire(context, `${head}transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`);
  assert.match(chunked.sent, /transfer-encoding: chunked\r\n[^]*\r\n\r\n2\r\nhi\r\n0\r\n\r\n$/);
  const sized = await onTheWire(context, `${head}content-length: 2\r\n\r\nhi`);
  assert.match(sized.sent, /content-length: 2\r\n[^]*\r\n\r\nhi$/);
  assert.doesNotMatch(sized.sent, /chunked/);
  const empty = await onTheWire(context, `${head}content-length: 0\r\n\r\n`);
  assert.match(empty.sent, /content-length: 0\r\n[^]*\r\n\r\n$/);
});

test('a header that the reader names as one of the connection ends with it', async (context) => {
  const raw =
    'GET /api/v1/events HTTP/1.1\r\nhost: x\r\nconnection: keep-alive, cookie\r\ncookie: a=1\r\n\r\n';
  const { sent } = await onTheWire(context, raw);
  assert.doesNotMatch(sent, /a=1/);
});

test('a request that names two hosts never reaches the gateway', async (context) => {
  for (const second of ['host: y', 'Host: x', 'HOST:']) {
    const raw = `GET /api/v1/events HTTP/1.1\r\nhost: x\r\n${second}\r\n\r\n`;
    const { sent, answered } = await onTheWire(context, raw);
    assert.match(answered, /^HTTP\/1\.1 400 [^]*"code":"malformed-request"/, second);
    assert.equal(sent, '', second);
  }
});

test('an address goes on as it came: gateway-service judges what it means', async (context) => {
  for (const path of ['/docs/../metrics', '/api/%2e%2e/metrics', '/api/v1/events\\..']) {
    const { sent } = await onTheWire(context, `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
    assert.ok(sent.startsWith(`GET ${path} HTTP/1.1\r\n`), sent.split('\r\n')[0]);
  }
});
