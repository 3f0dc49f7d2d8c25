import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { formatNode, type KafkaNode, serverCommand } from '@urr/testkit/kafka-node.ts';
import { launchNative } from '../platform/launch.ts';
import type { ProgramPlan } from '../platform/supervisor.ts';

const nodes = 3;
const firstPort = 9192;
const firstControllerPort = 9195;

/** Ports of the nodes, each broker and controller at once. */
export function kafkaPorts(offset: number): ReadonlyMap<string, number> {
  return new Map(
    nodesIn('', offset).flatMap(({ id, port, controllerPort }) => [
      [`kafka-${id}`, port] as const,
      [`kafka-${id}-controller`, controllerPort] as const,
    ]),
  );
}

/** `host:port` of each broker, as clients are told. */
export function kafkaBrokers(offset: number): string[] {
  return nodesIn('', offset).map(({ port }) => `127.0.0.1:${port}`);
}

/** Three nodes that keep their data under a folder, formatted when they are new. */
export async function kafkaPlans(directory: string, offset: number): Promise<ProgramPlan[]> {
  const all = nodesIn(directory, offset);
  await Promise.all(
    all.map(async (node) => {
      if (existsSync(path.join(node.directory, 'data', 'meta.properties'))) return;
      await mkdir(node.directory, { recursive: true });
      await formatNode(node, all);
    }),
  );
  return all.map((node) => {
    const [file = 'java', ...args] = serverCommand(node);
    return {
      name: `kafka-${node.id}`,
      launch: () => launchNative({ file, args, directory: node.directory }),
      isReady: () => accepts(node.port),
    };
  });
}

function nodesIn(directory: string, offset: number): KafkaNode[] {
  return Array.from({ length: nodes }, (_, index) => ({
    id: index + 1,
    port: firstPort + index + offset,
    controllerPort: firstControllerPort + index + offset,
    directory: path.join(directory, `kafka-${index + 1}`),
  }));
}

/** True when something listens on a port. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
