import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, person, startGateway, startUpstream } from '../gateway.fixture.ts';

const path = '/api/v1/queue/0190a000-0000-7000-8000-000000000000/state';

const answering =
  (headers: Record<string, string | string[]>): Answer =>
  (_request, response) => {
    setTimeout(() => response.writeHead(200, headers).end('{"serving":7}'), 20);
  };

test('many readers of a public document cost the service one read a second', async () => {
  const shared = { 'content-type': 'application/json', 'cache-control': 'public, max-age=1', etag: '"v7"' };
  const upstream = await startUpstream(answering(shared));
  const gateway = await startGateway(upstream.origin, { RATE_LIMIT_QUEUE_PER_MINUTE: '100000' });
  await gateway.send('GET', path);
  const answers = await Promise.all(Array.from({ length: 200 }, () => gateway.send('GET', path)));
  for (const answer of answers) {
    assert.deepEqual([answer.status, answer.body, answer.headers['etag']], [200, '{"serving":7}', '"v7"']);
    assert.equal(answer.headers['cache-control'], 'public, max-age=1');
  }
  assert.equal(upstream.received.length, 2);
  const known = await gateway.send('GET', path, { 'if-none-match': '"v7"' });
  assert.deepEqual([known.status, known.body], [304, '']);
  await sleep(1_050);
  await gateway.send('GET', path);
  assert.equal(upstream.received.length, 3);
});

test('what a document may do in a browser is said to every reader, not to the first alone', async () => {
  const walls = {
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'inline; filename="poster.png"',
  };
  const upstream = await startUpstream(answering({ 'cache-control': 'public, max-age=1', ...walls }));
  const gateway = await startGateway(upstream.origin);
  for (let reader = 0; reader < 3; reader += 1) {
    const { headers } = await gateway.send('GET', path);
    for (const [name, value] of Object.entries(walls)) assert.equal(headers[name], value, `reader ${reader}`);
  }
  assert.equal(upstream.received.length, 2);
});

test("the shared read carries nobody's token or cookie", async () => {
  const shared = { 'cache-control': 'public, max-age=1' };
  const upstream = await startUpstream(answering(shared));
  const gateway = await startGateway(upstream.origin);
  const fan = person();
  for (let sent = 0; sent < 2; sent += 1)
    await gateway.send('GET', path, { cookie: `access_token=${fan.token}` });
  assert.equal(upstream.received[1]?.headers['authorization'], undefined);
});

test('an organiser is answered by the service while everybody else shares the document', async () => {
  const upstream = await startUpstream((request, response) => {
    const isTheirs = request.headers['authorization'] !== undefined;
    const control = isTheirs ? 'private, no-store' : 'public, max-age=1';
    response.writeHead(200, { 'cache-control': control }).end(isTheirs ? '{"mine":1}' : '{"serving":7}');
  });
  const gateway = await startGateway(upstream.origin);
  const organiser = { authorization: `Bearer ${person('organiser').token}` };
  for (let round = 0; round < 2; round += 1) {
    assert.equal((await gateway.send('GET', path)).body, '{"serving":7}');
    assert.equal((await gateway.send('GET', path, organiser)).body, '{"mine":1}');
  }
  const before = upstream.received.length;
  await gateway.send('GET', path);
  assert.equal(upstream.received.length, before);
});

test('what is private, unmarked, varies or sets a cookie is never shared', async () => {
  const unshared: Record<string, string | string[]>[] = [
    {},
    { 'cache-control': 'private, max-age=1' },
    { 'cache-control': 'public, max-age=0' },
    { 'cache-control': 'public, no-store, max-age=1' },
    { 'cache-control': 'public, max-age=1', 'set-cookie': ['a=1'] },
    { 'cache-control': 'public, max-age=1', vary: 'authorization' },
  ];
  for (const headers of unshared) {
    const upstream = await startUpstream(answering(headers));
    const gateway = await startGateway(upstream.origin);
    for (let sent = 0; sent < 3; sent += 1) await gateway.send('GET', path);
    assert.equal(upstream.received.length, 3, JSON.stringify(headers));
  }
});

test('a refusal is not shared, and the limit still counts readers of a kept document', async () => {
  const upstream = await startUpstream(answering({ 'cache-control': 'public, max-age=1' }));
  const gateway = await startGateway(upstream.origin, { RATE_LIMIT_QUEUE_PER_MINUTE: '5' });
  await gateway.send('GET', path);
  upstream.behaviour.answer = (_request, response) => {
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"code":"gone"}');
  };
  assert.equal((await gateway.send('GET', `${path}?x=1`)).code, 'gone');
  const rest = await Promise.all([1, 2, 3, 4].map(() => gateway.send('GET', path)));
  assert.equal(rest.filter((answer) => answer.status === 429).length, 1);
});
