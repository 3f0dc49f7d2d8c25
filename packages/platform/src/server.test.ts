import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { type RouteContract, routeContract } from '@urr/contracts/route-contract.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { pino } from 'pino';
import { Type } from 'typebox';
import { createHotDocuments } from './hot-documents.ts';
import { createIdentityCheck, signAccessToken, signingKey } from './identity.ts';
import { createLogger } from './logger.ts';
import { Problem } from './problem.ts';
import { Secret } from './secret.ts';
import { serve } from './serve.ts';
import { createServer } from './server.ts';

const secret = new Secret(Buffer.alloc(32, 7).toString('base64'));
const echo = routeContract({
  name: 'echo',
  summary: 'Echo',
  method: 'POST',
  path: '/things/:id',
  service: 'ticket-service',
  access: 'account',
  limit: 'general',
  params: Type.Object({ id: Type.Integer() }),
  body: Type.Object({ text: Type.String() }, { additionalProperties: false }),
  success: { status: 201, body: Type.Object({ id: Type.Integer(), text: Type.String() }) },
  refusals: [],
});

function build() {
  const hotDocuments = createHotDocuments();
  const { app } = createServer({
    name: 'test',
    logger: createLogger('test', 'silent'),
    readiness: [{ name: 'never', check: () => new Promise(() => {}) }],
    hotDocuments,
  });
  const deps = { app, identify: createIdentityCheck(secret), internalToken: new Secret('internal') };
  serve(deps, echo, ({ params, body, account }) => {
    if (body.text === 'boom') throw new Error('defect');
    if (body.text === 'busy') throw new Problem('overloaded', { retryAfter: 3 });
    return { id: params.id, text: body.text, hidden: account.accountId };
  });
  return { app, hotDocuments };
}

const token = signAccessToken(
  { accountId: 'a', role: 'fan', sessionId: 's' },
  { nowSeconds: Date.now() / 1000, lifetimeSeconds: 60, tokenId: 't' },
  signingKey(secret),
);
const authorization = `Bearer ${token}`;

test('a body nested too deep to be looked at is malformed, not a defect', async () => {
  const { app } = createServer({ name: 'test', logger: createLogger('test', 'silent'), readiness: [] });
  const deps = { app, identify: createIdentityCheck(secret), internalToken: new Secret('internal') };
  const things = Type.Array(Type.Integer(), { uniqueItems: true });
  serve<RouteContract>(deps, { ...echo, access: 'public', body: Type.Object({ things }) }, () => undefined);
  const deep = '['.repeat(15_000) + ']'.repeat(15_000);
  const answer = await app.inject({
    method: 'POST',
    url: '/things/7',
    headers: { 'content-type': 'application/json' },
    payload: `{"things":[${deep},${deep}]}`,
  });
  assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [400, 'malformed-request']);
});

test('a stream without end has no head to ask for', async () => {
  const { app } = createServer({ name: 'test', logger: createLogger('test', 'silent'), readiness: [] });
  const deps = { app, identify: createIdentityCheck(secret), internalToken: new Secret('internal') };
  const stream = routeContract({
    name: 'stream',
    summary: 'Stream',
    method: 'GET',
    path: '/stream',
    service: 'ticket-service',
    access: 'public',
    limit: 'general',
    success: { status: 200, contentType: 'text/event-stream' },
    refusals: [],
  });
  serve<RouteContract>(deps, stream, ({ reply }) => reply.hijack());
  const answer = await app.inject({ method: 'HEAD', url: '/stream' });
  assert.deepEqual([answer.statusCode, answer.headers['allow']], [405, 'GET']);
});

test('a route answers what its contract says and nothing more', async () => {
  const { app } = build();
  const response = await app.inject({
    method: 'POST',
    url: '/things/7',
    headers: { authorization },
    payload: { text: 'hi' },
  });
  assert.equal(response.statusCode, 201);
  assert.deepEqual(response.json(), { id: 7, text: 'hi' });
});

test('every refusal is a problem document of the table', async () => {
  const { app } = build();
  const call = async (options: {
    url?: string;
    method?: 'GET' | 'POST';
    payload?: string;
    type?: string;
    auth?: string;
  }) => {
    const response = await app.inject({
      method: options.method ?? 'POST',
      url: options.url ?? '/things/7',
      headers: {
        authorization: options.auth ?? authorization,
        'content-type': options.type ?? 'application/json',
      },
      ...(options.method === 'GET' ? {} : { payload: options.payload ?? '{"text":"hi"}' }),
    });
    assert.match(
      String(response.headers['content-type']),
      /^application\/problem\+json/,
      JSON.stringify(options),
    );
    return [response.statusCode, response.json<{ code: string }>().code];
  };
  assert.deepEqual(await call({ auth: 'Bearer nonsense' }), [401, 'unauthenticated']);
  assert.deepEqual(await call({ payload: '{"text":7}' }), [422, 'invalid-input']);
  assert.deepEqual(await call({ payload: '{"text":"a","more":1}' }), [422, 'invalid-input']);
  assert.deepEqual(await call({ payload: '{' }), [400, 'malformed-request']);
  assert.deepEqual(await call({ payload: '' }), [400, 'malformed-request']);
  assert.deepEqual(await call({ type: 'text/xml', payload: '<a/>' }), [415, 'unsupported-media-type']);
  assert.deepEqual(await call({ payload: JSON.stringify({ text: 'x'.repeat(70_000) }) }), [
    413,
    'payload-too-large',
  ]);
  assert.deepEqual(await call({ url: '/things/x' }), [422, 'invalid-input']);
  assert.deepEqual(await call({ url: '/things/%zz' }), [400, 'malformed-request']);
  assert.deepEqual(await call({ url: '/nothing' }), [404, 'route-not-found']);
  assert.deepEqual(await call({ method: 'GET' }), [405, 'method-not-allowed']);
  assert.deepEqual(await call({ payload: '{"text":"boom"}' }), [500, 'internal-error']);
  assert.deepEqual(await call({ payload: '{"text":"busy"}' }), [503, 'overloaded']);
});

test('a failure is logged with its cause; what is turned away under load is not, or a flood would fill the logs', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  const { app } = createServer({ name: 'test', logger, readiness: [] });
  app.get('/defect', () => Promise.reject(new Error('a defect')));
  app.get('/busy', () => Promise.reject(new Problem('overloaded', { retryAfter: 1 })));
  assert.equal((await app.inject('/busy')).statusCode, 503);
  assert.deepEqual(lines, []);
  assert.equal((await app.inject('/defect')).statusCode, 500);
  assert.match(lines.join(''), /a defect.*request failed/);
  await app.close();
});

test('a dependency that hangs makes readiness answer 503 in bounded time', async () => {
  const { app } = build();
  const response = await app.inject({ method: 'GET', url: '/health/ready' });
  assert.equal(response.statusCode, 503);
  assert.deepEqual(response.json(), { isReady: false, dependencies: { never: 'down' } });
});

test('a hot document is answered before routing, and not again to who has it', async (context) => {
  const { app, hotDocuments } = build();
  context.after(() => app.close());
  hotDocuments.set('/hot', {
    body: Buffer.from('{}'),
    contentType: 'application/json',
    etag: '"1"',
    maxAgeSeconds: 1,
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const first = await fetch(`${origin}/hot`);
  assert.equal(first.headers.get('etag'), '"1"');
  assert.equal(await first.text(), '{}');
  const second = await fetch(`${origin}/hot`, { headers: { 'if-none-match': '"1"' } });
  assert.equal(second.status, 304);
});

test('a caller that goes away before the answer stops counting as in flight', async (context) => {
  const { app } = createServer({
    name: 'test',
    logger: createLogger('test', 'silent'),
    readiness: [],
    maxInFlight: 2,
  });
  context.after(() => app.close());
  app.get('/slow', () => new Promise((resolve) => setTimeout(resolve, 50, 'late')));
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  for (let caller = 0; caller < 5; caller += 1)
    await assert.rejects(fetch(`${origin}/slow`, { signal: AbortSignal.timeout(10) }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await fetch(`${origin}/slow`)).status, 200);
});

test('a closing server does not wait for a connection that never asked anything', async () => {
  const { app } = build();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address() as AddressInfo;
  const silent = connect(address.port, '127.0.0.1');
  const closed = once(silent, 'close');
  await once(app.server, 'connection');
  await app.close();
  await closed;
});

test('who asks and takes nothing loses the connection; who reads slowly keeps it', async (context) => {
  const { app } = createServer({
    name: 'test',
    logger: createLogger('test', 'silent'),
    readiness: [],
    silenceMs: 200,
  });
  const page = Buffer.alloc(16 * 1024 * 1024);
  app.get('/large', (_request, reply) => reply.send(page));
  await app.listen({ port: 0, host: '127.0.0.1' });
  context.after(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  const ask = () => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  };
  const connections = () => new Promise<number>((resolve) => app.server.getConnections((_, n) => resolve(n)));
  const [idle, slow] = [ask(), ask()];
  let taken = 0;
  slow.on('data', (chunk: Buffer) => {
    taken += chunk.length;
    slow.pause();
    setTimeout(() => slow.resume(), 2);
  });
  await waitUntil(() => taken > page.length, { what: 'the slow reader to have all' });
  assert.equal(await connections(), 1);
  idle.destroy();
  slow.destroy();
});
