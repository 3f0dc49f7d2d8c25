import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { PlatformLayout } from './layout.ts';
import { offsetAfter } from './port-offset.ts';
import { portsOf } from './processes.ts';

/** Of the ports from 3000 on, those that no browser and no `fetch` opens: https://fetch.spec.whatwg.org/#port-blocking */
export const blockedPorts: ReadonlySet<number> = new Set([
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Time that the processes of a killed start get to notice and stop. Milliseconds. */
const leftoverDeadlineMs = 2_000;

/** True when nothing listens on a port of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  const probe = await listenAt(port);
  if (probe === undefined) return false;
  await new Promise((resolve) => probe.close(resolve));
  return true;
}

function listenAt(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

// Below the ports that outgoing connections borrow.
const lowestOffset = 1_000;
const offsetStep = 20;
const offsetCount = 550;
/** Whoever listens here, at the offset's number, may take it: between a look at its ports and a start lie seconds. */
const firstClaimPort = 2_100;
/** Longer than a platform needs to listen at its own ports. Milliseconds. */
const claimMs = 60_000;

/** An offset by which every port of a platform can be opened, is free, and is nobody else's for the next minute. */
export async function freePortOffset(ports: PlatformLayout['ports'] = portsOf): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const index = randomInt(offsetCount);
    const offset = lowestOffset + offsetStep * index;
    const given = ports(offset, true);
    if (blockedOf(given).length > 0) continue;
    const claim = await listenAt(firstClaimPort + index);
    if (claim === undefined) continue;
    setTimeout(() => claim.close(), claimMs).unref();
    claim.unref();
    const states = await Promise.all([...given.values()].map((port) => isPortFree(port)));
    if (states.every(Boolean)) return offset;
  }
  throw new Error('No free range of ports was found');
}

/** Throws an error that names every port of a platform that nobody could open, or that something else listens on. */
export async function assertPortsUsable(
  ports: PlatformLayout['ports'],
  offset: number,
  hasPages: boolean,
): Promise<void> {
  const given = ports(offset, hasPages);
  const advice = `shift every port by another PORT_OFFSET, such as PORT_OFFSET=${nextOffset(ports, offset)}.`;
  const blocked = blockedOf(given);
  if (blocked.length > 0)
    throw new Error(`No browser opens port ${blocked.join(', ')}.\nLeave PORT_OFFSET out, or ${advice}`);
  const taken = await takenOf(given);
  if (taken.length > 0)
    throw new Error(`Already in use: port ${taken.join(', ')}.\nStop what listens there, or ${advice}`);
}

function blockedOf(ports: ReadonlyMap<string, number>): string[] {
  return [...ports].filter(([, port]) => blockedPorts.has(port)).map(nameOf);
}

// What a killed start has left behind notices that, and stops.
async function takenOf(given: ReadonlyMap<string, number>): Promise<string[]> {
  // PostgreSQL's port is left to its own start, which knows a server that a killed start has left behind.
  const ports = [...given].filter(([name]) => name !== 'postgresql');
  const deadline = performance.now() + leftoverDeadlineMs;
  for (;;) {
    const states = await Promise.all(ports.map(([, port]) => isPortFree(port)));
    const taken = ports.filter((_, index) => states[index] === false).map(nameOf);
    if (taken.length === 0 || performance.now() > deadline) return taken;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function nameOf([name, port]: readonly [string, number]): string {
  return `${port} (${name})`;
}

function nextOffset(ports: PlatformLayout['ports'], offset: number): number {
  const next = offsetAfter(offset);
  return blockedOf(ports(next, true)).length === 0 ? next : nextOffset(ports, next);
}
