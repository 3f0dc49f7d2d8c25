import { createServer } from 'node:net';
import type { PlatformLayout } from './layout.ts';
import { portsOf } from './processes.ts';

/** True when nothing listens on a port of this machine. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

// Below the ports that outgoing connections borrow.
const lowestOffset = 1_000;
const highestOffset = 12_000;
const offsetStep = 20;

/** An offset by which every port of a platform is free at this moment. */
export async function freePortOffset(ports: PlatformLayout['ports'] = portsOf): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const steps = Math.floor((highestOffset - lowestOffset) / offsetStep);
    const offset = lowestOffset + offsetStep * Math.floor(Math.random() * steps);
    const states = await Promise.all([...ports(offset, true).values()].map((port) => isPortFree(port)));
    if (states.every(Boolean)) return offset;
  }
  throw new Error('No free range of ports was found');
}
