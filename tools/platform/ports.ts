import { createServer } from 'node:net';
import { portsOf } from './processes.ts';

/** True when nothing listens on a port of this machine. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** An offset by which every port of a platform is free at this moment, below the ports that outgoing connections use. */
export async function freePortOffset(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const offset = 1_000 * Math.floor(2 + Math.random() * 14) + 20 * Math.floor(Math.random() * 40);
    const states = await Promise.all([...portsOf(offset).values()].map((port) => isPortFree(port)));
    if (states.every(Boolean)) return offset;
  }
  throw new Error('No free range of ports was found');
}
