import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundReaders, letStream } from './bound-readers.ts';

async function serve(context: TestContext, answer: (response: ServerResponse, url: string) => void) {
  const limits = { mostUnderWay: 3, longestMs: 150 };
  const handle = boundReaders((request, response) => answer(response, request.url ?? ''), limits);
  const server = createServer((request, response) => void handle(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Sends requests one upon the other, and tells when the connection was ended. */
function ask(port: number, urls: readonly string[]): { ended: Promise<unknown>; close(): void } {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write(urls.map((url) => `GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
  socket.resume();
  return { ended: once(socket, 'close'), close: () => socket.destroy() };
}

const within = (work: Promise<unknown>, ms: number) =>
  Promise.race([work.then(() => true), sleep(ms, false)]);

test('who asks for more than a few answers at once on one connection loses it; others do not', async (context) => {
  const waiting: ServerResponse[] = [];
  const port = await serve(context, (response) => void waiting.push(response));
  const greedy = ask(port, ['/1', '/2', '/3', '/4']);
  const modest = ask(port, ['/1', '/2', '/3']);
  assert.equal(await within(greedy.ended, 100), true);
  assert.equal(await within(modest.ended, 20), false);
  modest.close();
});

test('answers that are read make room for the next on the same connection', async (context) => {
  let answered = 0;
  const port = await serve(context, (response) => {
    answered += 1;
    response.end('page');
  });
  const socket = connect(port, '127.0.0.1');
  for (let request = 0; request < 10; request += 1) {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
  }
  assert.equal(answered, 10);
  socket.destroy();
});

test('an answer that takes too long ends its connection, a stream goes on', async (context) => {
  const port = await serve(context, (response, url) => {
    response.write('beginning');
    if (url === '/stream') letStream(response);
  });
  const [slow, stream] = [ask(port, ['/page']), ask(port, ['/stream'])];
  assert.equal(await within(slow.ended, 1_000), true);
  assert.equal(await within(stream.ended, 250), false);
  stream.close();
});
