import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertPortsUsable, blockedPorts, freePortOffset } from './ports.ts';
import { portsOf } from './processes.ts';

const alone = (port: number) => (offset: number) => new Map([['gateway-service', port + offset]]);

test('the ports told apart are those that fetch refuses to open', async () => {
  // Whatever may be opened stops here, before a connection is made.
  const dispatcher = { dispatch: () => assert.fail('opened') };
  const isRefused = async (port: number) => {
    const fault: unknown = await fetch(`http://127.0.0.1:${port}`, {
      dispatcher,
    } as unknown as RequestInit).catch((error: Error) => error.cause);
    return String(fault).includes('bad port');
  };
  const refused: number[] = [];
  for (let port = 3_000; port <= 65_535; port += 1) if (await isRefused(port)) refused.push(port);
  assert.deepEqual(refused, [...blockedPorts]);
});

test('an offset that gives somebody a port nobody can open is refused, and one that does not is named', async () => {
  await assert.rejects(
    assertPortsUsable(portsOf, 1_040, false),
    /No browser opens port 4045 \(auth-service\)\.\n.* such as PORT_OFFSET=1140\.$/,
  );
  const blockedUntil300 = (offset: number) => new Map([['frontend', offset < 300 ? 6_000 : 20_000]]);
  await assert.rejects(assertPortsUsable(blockedUntil300, 100, true), /PORT_OFFSET=300\.$/);
  const highest = (offset: number) => new Map([['frontend', offset > 44_000 ? 6_000 : 20_000]]);
  await assert.rejects(assertPortsUsable(highest, 45_000, true), /PORT_OFFSET=100\.$/);
});

test('an offset taken at random gives ports that can be opened', async () => {
  const halfBlocked = (offset: number) =>
    new Map([['frontend', offset % 40 === 0 ? 15_000 + offset : 6_000]]);
  for (let count = 0; count < 20; count += 1) assert.equal((await freePortOffset(halfBlocked)) % 40, 0);
});

test('nobody else is given an offset before its platform can listen', async () => {
  // Without claims, a hundred of 550 would all be different once in ten thousand times.
  const offsets = await Promise.all(Array.from({ length: 100 }, () => freePortOffset()));
  assert.equal(new Set(offsets).size, offsets.length);
});

test('a port that is in use is named; one that is left soon is waited for', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  assert.ok(typeof address === 'object' && address !== null);
  const ports = alone(address.port);
  await assert.rejects(
    assertPortsUsable(ports, 0, false),
    new RegExp(`^Error: Already in use: port ${address.port} \\(gateway-service\\)`),
  );
  const usable = assertPortsUsable(ports, 0, false);
  await sleep(200);
  listener.close();
  await usable;
});
