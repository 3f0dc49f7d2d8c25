import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { publicRoutes } from '@urr/contracts/routes.ts';
import { freePort } from '@urr/testkit/free-port.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { answerOk, person, startGateway, startUpstream } from '../gateway.fixture.ts';

const fan = person();
const me = '/api/v1/auth/me';
const login = '/api/v1/auth/login';

test('status, body, headers and several cookies pass through; hop-by-hop headers do not', async () => {
  const upstream = await startUpstream((request, response) => {
    response.writeHead(201, {
      'content-type': 'application/json',
      'set-cookie': ['a=1; Path=/', 'b=2; Path=/api'],
      'x-custom': 'yes',
      'keep-alive': 'timeout=5',
    });
    response.end(request.body);
  });
  const gateway = await startGateway(upstream.origin);
  const body = JSON.stringify({ text: '가나다'.repeat(1000) });
  const answer = await gateway.send('POST', login, { 'content-type': 'application/json' }, body);
  assert.deepEqual([answer.status, answer.body], [201, body]);
  assert.deepEqual(answer.headers['set-cookie'], ['a=1; Path=/', 'b=2; Path=/api']);
  assert.equal(answer.headers['x-custom'], 'yes');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.notEqual(answer.headers['keep-alive'], 'timeout=5');
});

test('a refusal of the service is the answer, and never opens the circuit', async () => {
  const upstream = await startUpstream((_request, response) => {
    response.writeHead(409, { 'content-type': 'application/problem+json' }).end('{"code":"email-taken"}');
  });
  const gateway = await startGateway(upstream.origin);
  for (let sent = 0; sent < 40; sent += 1)
    assert.equal((await gateway.send('POST', login, {}, '{}')).code, 'email-taken');
  assert.equal(upstream.received.length, 40);
});

test('a body over the limit is refused with 413 and not forwarded', async () => {
  const upstream = await startUpstream();
  const gateway = await startGateway(upstream.origin);
  const answer = await gateway.send('POST', login, {}, 'x'.repeat(64 * 1024 + 1));
  assert.deepEqual([answer.status, answer.code], [413, 'payload-too-large']);
  assert.equal((await gateway.send('POST', login, {}, 'x'.repeat(64 * 1024))).status, 200);
  assert.equal(upstream.received.length, 1);
});

test('a service that hangs is given up after the deadline with 504, and later asked no more', async () => {
  const upstream = await startUpstream(() => {});
  const gateway = await startGateway(upstream.origin, { REQUEST_DEADLINE_MS: '200' });
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: 12 }, () => gateway.send('POST', login, {}, '{}')));
  assert.ok(performance.now() - started < 1_500);
  assert.deepEqual([...new Set(answers.map((answer) => answer.code))], ['deadline-exceeded']);
  const open = await gateway.send('POST', login, {}, '{}');
  assert.deepEqual([open.status, open.code, open.headers['retry-after']], [503, 'upstream-unavailable', '1']);
  assert.equal(upstream.received.length, 12);
  upstream.behaviour.answer = answerOk;
  await sleep(1_050);
  assert.equal((await gateway.send('POST', login, {}, '{}')).status, 200);
  assert.equal((await gateway.send('POST', login, {}, '{}')).status, 200);
});

test('negative control: with a deadline that is far away such a call hangs', async () => {
  const upstream = await startUpstream(() => {});
  const gateway = await startGateway(upstream.origin, { REQUEST_DEADLINE_MS: '20000' });
  const answer = gateway.send('POST', login, {}, '{}').catch(() => 'cut off');
  assert.equal(await Promise.race([answer, sleep(1_500, 'still hanging')]), 'still hanging');
});

test('a service that is away is a 503 with Retry-After, at once', async () => {
  const gateway = await startGateway(`http://127.0.0.1:${await freePort()}`);
  const started = performance.now();
  const answer = await gateway.send('GET', me, fan.authorization);
  assert.deepEqual([answer.status, answer.code], [503, 'upstream-unavailable']);
  assert.equal(answer.headers['retry-after'], '1');
  assert.ok(performance.now() - started < 1_000);
});

test('one dead service does not touch another', async () => {
  const alive = await startUpstream();
  const dead = `http://127.0.0.1:${await freePort()}`;
  const gateway = await startGateway(alive.origin, { AUTH_SERVICE_URL: dead });
  for (let sent = 0; sent < 20; sent += 1) await gateway.send('GET', me, fan.authorization);
  assert.equal((await gateway.send('GET', '/api/v1/events')).status, 200);
});

test('a read whose connection breaks is tried once more, a write never', async () => {
  let failures = 1;
  const upstream = await startUpstream((request, response, raw) => {
    if (failures > 0) {
      failures -= 1;
      raw.socket.destroy();
    } else answerOk(request, response);
  });
  const gateway = await startGateway(upstream.origin);
  assert.equal((await gateway.send('GET', me, fan.authorization)).status, 200);
  assert.equal(upstream.received.length, 2);
  failures = 2;
  assert.equal((await gateway.send('GET', me, fan.authorization)).code, 'upstream-unavailable');
  assert.equal(upstream.received.length, 4);
  failures = 1;
  assert.equal((await gateway.send('POST', login, {}, '{}')).code, 'upstream-unavailable');
  assert.equal(upstream.received.length, 5);
});

test('half an answer is never passed off as a whole one', async () => {
  const upstream = await startUpstream((_request, response, raw) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"half":');
    setTimeout(() => raw.socket.destroy(), 50);
  });
  const gateway = await startGateway(upstream.origin);
  await assert.rejects(gateway.send('GET', me, fan.authorization), /aborted|ECONNRESET/);
});

test('calls over the bound are refused with 503 instead of waiting without end', async () => {
  const held: (() => void)[] = [];
  const upstream = await startUpstream((request, response) => {
    held.push(() => answerOk(request, response));
  });
  const gateway = await startGateway(upstream.origin, { UPSTREAM_MAX_IN_FLIGHT: '3' });
  const waiting = [1, 2, 3].map(() => gateway.send('GET', me, fan.authorization));
  await waitUntil(() => held.length === 3);
  assert.equal((await gateway.send('GET', me, fan.authorization)).code, 'overloaded');
  for (const release of held) release();
  assert.deepEqual(
    (await Promise.all(waiting)).map((answer) => answer.status),
    [200, 200, 200],
  );
  const again = gateway.send('GET', me, fan.authorization);
  await waitUntil(() => held.length === 4);
  held[3]?.();
  assert.equal((await again).status, 200);
});

test('asking for the head of a stream is refused at once and cannot open the circuit', async () => {
  const upstream = await startUpstream(() => {});
  const gateway = await startGateway(upstream.origin, { REQUEST_DEADLINE_MS: '300' });
  const stream = publicRoutes.find((route) => route.success.contentType === 'text/event-stream');
  const address = stream?.path.replace(/:\w+/, '0190a000-0000-7000-8000-000000000000') ?? '';
  for (let sent = 0; sent < 12; sent += 1)
    assert.equal((await fetch(`${gateway.url}${address}`, { method: 'HEAD' })).status, 405);
  assert.equal(upstream.received.length, 0);
});

test('events are passed on as they happen, longer than any deadline, until the client is gone', async () => {
  const written: { write(text: string): unknown }[] = [];
  let isClosed = false;
  const upstream = await startUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    written.push(response);
    response.on('close', () => (isClosed = true));
  });
  const gateway = await startGateway(upstream.origin, { REQUEST_DEADLINE_MS: '150' });
  const stream = publicRoutes.find((route) => route.success.contentType === 'text/event-stream');
  const path = (stream?.path ?? '/api/v1/events').replace(/:\w+/g, '0190a000-0000-7000-8000-000000000000');
  const request = httpRequest(`${gateway.url}${path}`);
  request.end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  const heard: string[] = [];
  response.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  response.on('error', () => {});
  for (const text of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
    written[0]?.write(text);
    await waitUntil(() => heard.at(-1) === text);
    await sleep(100);
  }
  request.destroy();
  await waitUntil(() => isClosed, { what: 'the stream to the service to end' });
});

test('a gateway that stops ends its event streams instead of waiting for them', async () => {
  const stream = publicRoutes.find((route) => route.success.contentType === 'text/event-stream');
  const upstream = await startUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
  });
  const gateway = await startGateway(upstream.origin);
  const path = (stream?.path ?? '').replace(/:\w+/g, '0190a000-0000-7000-8000-000000000000');
  const response = await fetch(`${gateway.url}${path}`);
  const started = performance.now();
  const [text] = await Promise.all([response.text(), gateway.service.app.close()]);
  assert.equal(text, 'data: 1\n\n');
  assert.ok(performance.now() - started < 2_000);
});

test('a client that goes away takes its request along, and counts for nothing', async () => {
  let closed = 0;
  const upstream = await startUpstream((_request, response) => {
    response.on('close', () => (closed += 1));
  });
  const gateway = await startGateway(upstream.origin);
  for (let sent = 0; sent < 12; sent += 1) {
    const seen = upstream.received.length;
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(`GET ${me} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${fan.token}\r\n\r\n`);
    await waitUntil(() => upstream.received.length > seen);
    socket.destroy();
  }
  await waitUntil(() => closed === 12);
  upstream.behaviour.answer = answerOk;
  assert.equal((await gateway.send('GET', me, fan.authorization)).status, 200);
});

test('a large answer arrives whole at a slow reader without filling memory', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let sent = 0;
  const upstream = await startUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const push = () => {
      while (sent < 400) {
        sent += 1;
        if (!response.write(chunk)) return void response.once('drain', push);
      }
      response.end();
    };
    push();
  });
  const gateway = await startGateway(upstream.origin);
  const request = httpRequest(`${gateway.url}${me}`, { headers: fan.authorization });
  request.end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  await sleep(300);
  assert.ok(sent < 400, 'the service must wait for the reader');
  let length = 0;
  for await (const part of response) length += (part as Buffer).length;
  assert.equal(length, 400 * chunk.length);
});
