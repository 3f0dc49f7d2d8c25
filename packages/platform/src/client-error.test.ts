import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { createLogger } from './logger.ts';
import { createServer } from './server.ts';

const { app } = createServer({ name: 'test', logger: createLogger('test', 'silent'), readiness: [] });
await app.listen({ port: 0, host: '127.0.0.1' });
after(() => app.close());

async function answerTo(bytes: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return text(socket);
}

test('what is no HTTP request is answered by a problem document, and the connection ends', async () => {
  for (const bytes of [
    'nonsense\r\n\r\n',
    'GET /health HTTP/1.1\r\nBad Header\r\n\r\n',
    'GET health HTTP/1.1\r\n\r\n',
  ]) {
    const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');
    assert.match(head, /^HTTP\/1\.1 400 .*\r\nContent-Type: application\/problem\+json/);
    assert.equal((JSON.parse(body) as { code: string }).code, 'malformed-request');
  }
});

test('headers that are too large are answered with 431', async () => {
  const answer = await answerTo(`GET /health HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 431 /);
});

test('a connection that has served a request gets its refusal too', async () => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
  const [first] = (await once(socket, 'data')) as [Buffer];
  assert.match(first.toString(), /^HTTP\/1\.1 200 /);
  socket.write('nonsense\r\n\r\n');
  assert.match(await text(socket), /HTTP\/1\.1 400 /);
});
