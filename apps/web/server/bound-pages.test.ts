import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { boundPages } from './bound-pages.ts';

test('a page too many is refused at once, files are not, and room comes back with every end', async (context) => {
  const rendering: ServerResponse[] = [];
  const render = boundPages((request, response) => {
    if (request.url?.startsWith('/_next/') === true) response.end('file');
    else rendering.push(response);
  }, 2);
  const server = createServer((request, response) => void render(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gone = new AbortController();
  const first = fetch(`${url}/ko`);
  const second = fetch(`${url}/ko`, { signal: gone.signal }).catch(() => 'gone');
  while (rendering.length < 2) await new Promise(setImmediate);
  const refused = await fetch(`${url}/en`);
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '2']);
  assert.match(await refused.text(), /http-equiv="refresh"/);
  assert.equal((await fetch(`${url}/_next/image?url=%2F`)).status, 503);
  assert.equal(await (await fetch(`${url}/_next/static/x.js`)).text(), 'file');
  gone.abort();
  assert.equal(await second, 'gone');
  await once(rendering[1] as ServerResponse, 'close');
  const third = fetch(`${url}/ko`);
  while (rendering.length < 3) await new Promise(setImmediate);
  for (const response of rendering) response.end('page');
  assert.deepEqual([await (await first).text(), await (await third).text()], ['page', 'page']);
});

test('readers who do not read hold no place: their pages are kept, within bounds, and others are served', async (context) => {
  const page = Buffer.alloc(8 * 1024 * 1024);
  const render = boundPages(async (request, response) => {
    const hasRoom = request.url === '/small' || response.write(page);
    if (!hasRoom) await once(response, 'drain');
    response.end('end');
  }, 2);
  const server = createServer((request, response) => void render(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const idle = Array.from({ length: 19 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  context.after(() => {
    for (const socket of idle) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  for (const socket of idle) {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const url = `http://127.0.0.1:${port}/small`;
  assert.equal((await fetch(url)).status, 200);
  const last = connect(port, '127.0.0.1').on('error', () => {});
  idle.push(last);
  last.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await fetch(url)).status, 503);
  for (const socket of idle) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await fetch(url)).status, 200);
});
