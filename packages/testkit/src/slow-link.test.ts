import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSlowLink } from './slow-link.ts';
import { waitUntil } from './wait-until.ts';

const echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
await once(echo, 'listening');
const link = await openSlowLink((echo.address() as AddressInfo).port);
after(async () => {
  await link.stop();
  echo.close();
});

async function open() {
  const socket: Socket = connect(link.port, '127.0.0.1').on('error', () => {});
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  await new Promise<void>((resolve) => void socket.once('connect', resolve).once('close', () => resolve()));
  return { socket, heard: () => heard, write: (text: string) => void socket.write(text) };
}

test('bytes pass in order, late when they are delayed and not at all while it is stalled', async () => {
  const { socket, heard, write } = await open();
  write('a');
  await waitUntil(() => heard() === 'a');
  link.delay(60);
  const startedAt = performance.now();
  write('b');
  await waitUntil(() => heard() === 'ab');
  assert.ok(performance.now() - startedAt >= 118);
  link.stall();
  write('c');
  await sleep(60);
  assert.equal(heard(), 'ab');
  await link.forward();
  write('d');
  await waitUntil(() => heard() === 'abcd');
  socket.destroy();
  await waitUntil(() => link.connections() === 0);
});

test('stranded connections stay silent for good, and new ones pass', async () => {
  const old = await open();
  await waitUntil(() => link.connections() === 1);
  link.strand();
  const fresh = await open();
  for (const { write } of [old, fresh]) write('x');
  await waitUntil(() => fresh.heard() === 'x');
  assert.deepEqual([old.heard(), old.socket.destroyed], ['', false]);
  link.cut();
  await waitUntil(() => old.socket.destroyed && fresh.socket.destroyed);
});

test('a link that refuses takes nobody until it forwards again', async () => {
  await link.refuse();
  assert.ok((await open()).socket.destroyed);
  await link.forward();
  const { heard, write } = await open();
  write('x');
  await waitUntil(() => heard() === 'x');
});
